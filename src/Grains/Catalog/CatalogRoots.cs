using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog;

/// <summary>
/// The directories of a tenant's layers. The default tenant has the host's own workspace and data directory; each other
/// has its own below <c>DATA/tenants/ID</c>, so that no two tenants share a writable directory.
/// </summary>
public sealed class CatalogRoots(CatalogOptions options)
{
    private readonly ConcurrentDictionary<TenantId, ImmutableArray<string>> _plugins = new();

    /// <summary>Tells the directories of skills that a tenant's running plugins bring, strongest first.</summary>
    public void SetPlugins(TenantId tenant, ImmutableArray<string> directories) => _plugins[tenant] = directories;

    /// <summary>The directory that installed skills of a tenant are kept in.</summary>
    public string Managed(TenantId tenant) => Path.Combine(Home(tenant), "skills");

    /// <summary>The directory that a tenant's installs wait in until somebody decides.</summary>
    public string Approvals(TenantId tenant) => Path.Combine(Home(tenant), "approvals");

    /// <summary>The file that says which plugin came with which skill of a tenant.</summary>
    public string SkillPlugins(TenantId tenant) => Path.Combine(Home(tenant), "plugins", "skills.json");

    /// <summary>The file that says whether skills are made of a tenant's repeated calls, and of which they were.</summary>
    public string Autogen(TenantId tenant) => Path.Combine(Home(tenant), "autogen.json");

    /// <summary>The layers' directories, strongest first.</summary>
    public IReadOnlyList<SkillLayerRoot> Of(TenantId tenant, TenantSettings settings)
    {
        var workspace = settings.Workspace ?? (tenant == TenantId.Default ? options.Workspace : Path.Combine(Home(tenant), "workspace"));
        var hidden = Path.Combine(workspace, ".clawgrains", "skills");
        List<SkillLayerRoot> roots = [new(SkillLayer.Workspace, Path.Combine(workspace, "skills"))];
        // Where the workspace is the home directory, its hidden layer is the managed one, and is searched as that.
        if (Path.GetFullPath(hidden) != Path.GetFullPath(Managed(tenant))) roots.Add(new SkillLayerRoot(SkillLayer.Workspace, hidden));
        roots.Add(new SkillLayerRoot(SkillLayer.Managed, Managed(tenant)));
        if (_plugins.TryGetValue(tenant, out var plugins)) roots.AddRange(plugins.Select(p => new SkillLayerRoot(SkillLayer.Plugin, p)));
        if (options.BundledDirectory is { } bundled) roots.Add(new SkillLayerRoot(SkillLayer.Bundled, bundled));
        return roots;
    }

    private string Home(TenantId tenant) =>
        tenant == TenantId.Default ? options.DataDirectory : Path.Combine(options.DataDirectory, "tenants", tenant.Value);
}
