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
}
