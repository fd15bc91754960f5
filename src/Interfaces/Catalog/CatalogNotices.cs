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

    /// <summary>Skills in force whose newest files do not load, so that the version before them is served.</summary>
    [Id(5)]
    public ImmutableArray<string> Stale { get; init; } = [];
}

/// <summary>What a removal did.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-removal")]
public sealed record SkillRemoval
{
    /// <summary>Whether there was anything to remove.</summary>
    [Id(0)]
    public required bool IsRemoved { get; init; }

    /// <summary>The number of the snapshot now in force.</summary>
    [Id(1)]
    public required long Number { get; init; }

    /// <summary>The layer that still has a skill of that name, or null.</summary>
    [Id(2)]
    public string? StillIn { get; init; }
}

/// <summary>A snapshot of the past, as <c>claw skill snapshots</c> lists it.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.snapshot-info")]
public sealed record SnapshotInfo
{
    /// <summary>Its number.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>When it was built.</summary>
    [Id(1)]
    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>How many skills it had in force.</summary>
    [Id(2)]
    public required int Total { get; init; }

    /// <summary>Names of skills it brought anew; at most 20.</summary>
    [Id(3)]
    public ImmutableArray<string> Added { get; init; } = [];

    /// <summary>Names of skills it changed; at most 20.</summary>
    [Id(4)]
    public ImmutableArray<string> Changed { get; init; } = [];

    /// <summary>Names of skills it took away; at most 20.</summary>
    [Id(5)]
    public ImmutableArray<string> Removed { get; init; } = [];

    /// <summary>How many skills differ from the snapshot before it.</summary>
    [Id(6)]
    public int Differences { get; init; }

    /// <summary>The number of the snapshot it went back to, where a rollback made it; else 0.</summary>
    [Id(7)]
    public long RollbackTo { get; init; }

    /// <summary>Whether it can be gone back to: its content is kept.</summary>
    [Id(8)]
    public bool IsKept { get; init; }
}
