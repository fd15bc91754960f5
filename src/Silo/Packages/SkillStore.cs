using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Silo.Packages;

/// <summary>The managed skills of the tenants on this machine: puts them in and takes them out.</summary>
public sealed class SkillStore(CatalogRoots roots, TimeProvider time)
{
    /// <summary>Copies a skill into a tenant's managed layer.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="path">The skill's directory, or its <c>SKILL.md</c>.</param>
    /// <param name="replace">Whether one of the same name is replaced.</param>
    /// <param name="cancellationToken">Ends the copying; nothing is left behind.</param>
    /// <exception cref="PluginException">It is no valid skill, or its name is taken; the message says which.</exception>
    public Task<InstalledSkill> InstallAsync(TenantId tenant, string path, bool replace, CancellationToken cancellationToken) =>
        Task.Run(() => Install(tenant, path, replace, cancellationToken), cancellationToken);

    /// <summary>Removes a skill from a tenant's managed layer; false where it has none of that name.</summary>
    /// <exception cref="PluginException">It could not be removed; the message says why.</exception>
    public Task<bool> RemoveAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        Task.Run(() => Remove(tenant, name), cancellationToken);

    private InstalledSkill Install(TenantId tenant, string path, bool replace, CancellationToken cancellationToken)
    {
        var options = new SkillInstallOptions { Replace = replace, Time = time };
        var result = SkillPackage.InstallFromDirectory(path, roots.Managed(tenant), options, cancellationToken);
        if (!result.Succeeded) throw Failure(path, result);
        return new InstalledSkill
        {
            Name = result.Name!,
            Directory = result.Directory!,
            Sha256 = result.Sha256!,
            Replaced = result.PreviousSha256 is not null,
            Warnings = [.. result.Skill!.Warnings.Select(w => w.Message)],
        };
    }

    private bool Remove(TenantId tenant, string name)
    {
        var result = SkillPackage.Remove(name, roots.Managed(tenant));
        if (result.Succeeded) return true;
        return result.Errors.Any(e => e.Code == "NOT_FOUND") ? false : throw Failure(name, result);
    }

    private static PluginException Failure(string subject, SkillInstallResult result)
    {
        if (result.Errors is [{ Code: "CONFLICT" } taken])
            return new PluginException(new PluginError(PluginErrorKind.Incompatible, $"{taken.Message}. To put the new one in its place, give --force."));
        // Only a skill that was read has lines to point at.
        var lines = result.Errors.Select(e => result.Name is null ? e.Message : $"SKILL.md:{e.Line}:{e.Column}: {e.Message}");
        var kind = result.Errors.Any(e => e.Code == Skills.Model.SkillCodes.TooLarge) ? PluginErrorKind.ResourceExhausted : PluginErrorKind.InvalidManifest;
        return new PluginException(new PluginError(kind, $"{subject}: {string.Join("; ", lines)}"));
    }
}

/// <summary>A skill that was put into the managed layer.</summary>
public sealed record InstalledSkill
{
    /// <summary>The name it is known by.</summary>
    public required string Name { get; init; }

    /// <summary>The directory it was copied to.</summary>
    public required string Directory { get; init; }

    /// <summary>The SHA-256 over the whole skill, as the lock file records it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether it took the place of an older one.</summary>
    public required bool Replaced { get; init; }

    /// <summary>What is odd about it.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
