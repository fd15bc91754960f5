namespace ClawGrains.Grains.Catalog;

/// <summary>Where a silo finds the skills of its tenants.</summary>
public sealed record CatalogOptions
{
    /// <summary>The workspace of the default tenant; its <c>skills</c> and <c>.clawgrains/skills</c> are searched.</summary>
    public required string Workspace { get; init; }

    /// <summary>The data directory; its <c>skills</c> is the managed layer of the default tenant.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The directory of the skills that are shipped with the product, or null for none.</summary>
    public string? BundledDirectory { get; init; }

    /// <summary>
    /// Whether the versions of skills are kept in the data directory, so that one whose files are broken is served over a restart
    /// and a rollback is possible after it. Default true; else they are kept in memory, and their texts only.
    /// </summary>
    public bool KeepVersions { get; init; } = true;

    /// <summary>Whether the skills are read once as a rule, so that nothing is remembered for the next time. Default false.</summary>
    public bool ReadsOnce { get; init; }

    /// <summary>How many snapshots can be gone back to. Default 50.</summary>
    public int KeptSnapshots { get; init; } = 50;

    /// <summary>How long calls may go on with a version that was replaced before they are cancelled. Default 30 s.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a skill whose folder vanished goes on being served before it counts as removed; zero removes it at once. Default 5 minutes.
    /// </summary>
    public TimeSpan MissingLimit { get; init; } = TimeSpan.FromMinutes(5);
}
