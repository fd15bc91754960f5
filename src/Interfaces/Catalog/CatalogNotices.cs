using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>Tells a skill's grain that a newer snapshot may hold a newer version of it.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-reload")]
public sealed record SkillReload
{
    /// <summary>The number of the snapshot. A grain that has this or a greater one ignores the notice.</summary>
    [Id(0)]
    public required long Number { get; init; }
}

/// <summary>Tells front ends that a tenant has a new snapshot.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.catalog-changed")]
public sealed record CatalogChanged
{
    /// <summary>The number of the new snapshot.</summary>
    [Id(0)]
    public required long Number { get; init; }
}

/// <summary>What a reload changed, by skill name.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.reload-report")]
public sealed record ReloadReport
{
    /// <summary>The number of the snapshot now in force.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>Skills that were not there before.</summary>
    [Id(1)]
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>Skills whose content or state differs.</summary>
    [Id(2)]
    public ImmutableArray<string> Changed { get; init; } = [];

    /// <summary>Skills that are gone.</summary>
    [Id(3)]
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>How many skills are in force.</summary>
    [Id(4)]
    public int Total { get; init; }
}
