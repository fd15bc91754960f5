using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;

namespace ClawGrains.Grains.Plugins;

/// <summary>Where plugins' things lie: each tenant's below its own directory, the audit of all in one file.</summary>
internal sealed class PluginPaths(PluginHostOptions options)
{
    public string Audit => SqliteAuditStore.PathIn(options.DataDirectory);

    public string State => Path.Combine(options.DataDirectory, "plugin-state.db");

    public string LockFile(TenantId tenant) => Path.Combine(Plugins(tenant), "plugins.lock.json");

    public string Packages(TenantId tenant) => Path.Combine(Plugins(tenant), "packages");

    public string Tools(TenantId tenant) => Path.Combine(Plugins(tenant), "tools");

    public string Secret(TenantId tenant, string name) => Path.Combine(Home(tenant), "secrets", name);

    public string Workspace(TenantId tenant) =>
        tenant == TenantId.Default ? options.Workspace : Path.Combine(Home(tenant), "workspace");

    private string Plugins(TenantId tenant) => Path.Combine(Home(tenant), "plugins");

    private string Home(TenantId tenant) =>
        tenant == TenantId.Default ? options.DataDirectory : Path.Combine(options.DataDirectory, "tenants", tenant.Value);
}
