using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Packages;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Silo.Packages;

/// <summary>The managed skills of the tenants on this machine: where they came from. They are put in by <see cref="IApprovalGrain"/> and taken out by <see cref="ICatalogGrain"/>.</summary>
public sealed class SkillStore(CatalogRoots roots)
{
    /// <summary>What the lock file has of a managed skill, and whether its files are still what was installed; null where it has none.</summary>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public Task<SkillProvenance?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken) =>
        Task.Run(() => Find(roots.Managed(tenant), name), cancellationToken);

    /// <summary>All that the lock file has, by name.</summary>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public Task<ImmutableArray<SkillProvenance>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => Task.Run<ImmutableArray<SkillProvenance>>(
        () => [.. SkillLockFile.Read(roots.Managed(tenant)).Select(e => Describe(roots.Managed(tenant), e))], cancellationToken);

    private static SkillProvenance? Find(string root, string name) =>
        SkillLockFile.Read(root).FirstOrDefault(e => e.Name == name) is { } entry ? Describe(root, entry) : null;

    private static SkillProvenance Describe(string root, SkillLockEntry entry)
    {
        var directory = Path.Combine(root, entry.Directory);
        return new SkillProvenance
        {
            Name = entry.Name,
            Directory = directory,
            Source = new SkillSourceInfo { Kind = entry.Origin.Kind, Location = entry.Origin.Location, Revision = entry.Origin.Revision },
            Sha256 = entry.Sha256,
            InstalledAt = entry.InstalledAt,
            Permissions = [.. entry.Permissions ?? []],
            IsIntact = Directory.Exists(directory) && DirectoryHash.Compute(directory) == entry.Sha256,
        };
    }
}

/// <summary>Where a managed skill came from.</summary>
public sealed record SkillProvenance
{
    /// <summary>The name it is known by.</summary>
    public required string Name { get; init; }

    /// <summary>The directory it is in.</summary>
    public required string Directory { get; init; }

    /// <summary>Where it came from.</summary>
    public required SkillSourceInfo Source { get; init; }

    /// <summary>The SHA-256 over the whole skill when it was installed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was installed.</summary>
    public required DateTimeOffset InstalledAt { get; init; }

    /// <summary>What it asked for then.</summary>
    public ImmutableArray<string> Permissions { get; init; } = [];

    /// <summary>Whether its files are still those that were installed.</summary>
    public required bool IsIntact { get; init; }
}
