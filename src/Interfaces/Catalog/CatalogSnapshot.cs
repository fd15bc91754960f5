using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>The skills of a tenant at one moment. Never changes; a later one has a greater number.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.catalog-snapshot")]
public sealed record CatalogSnapshot
{
    /// <summary>The number: 1 for the first since the tenant exists, and only growing.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>The active skills, in ordinal order of their names.</summary>
    [Id(1)]
    public required ImmutableArray<SkillEntry> Skills { get; init; }

    /// <summary>Skills that another layer's skill of the same name stands before.</summary>
    [Id(2)]
    public ImmutableArray<ShadowedSkill> Shadowed { get; init; } = [];

    /// <summary>What was found but could not be loaded, with the reason.</summary>
    [Id(3)]
    public ImmutableArray<InvalidSkill> Invalid { get; init; } = [];

    /// <summary>The layers that were searched, in order of precedence, strongest first.</summary>
    [Id(4)]
    public ImmutableArray<CatalogLayer> Layers { get; init; } = [];

    /// <summary>When the snapshot was built.</summary>
    [Id(5)]
    public required DateTimeOffset BuiltAt { get; init; }

    /// <summary>The number of the snapshot that a rollback went back to, as long as it holds any skill; else 0.</summary>
    [Id(6)]
    public long RolledBackTo { get; init; }
}

/// <summary>A directory that was searched for skills.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.catalog-layer")]
public sealed record CatalogLayer
{
    /// <summary>The layer: <c>workspace</c>, <c>managed</c>, <c>plugin</c> or <c>bundled</c>.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The directory.</summary>
    [Id(1)]
    public required string Directory { get; init; }

    /// <summary>How many of the snapshot's active skills come from it.</summary>
    [Id(2)]
    public required int ActiveSkills { get; init; }
}

/// <summary>A skill that is not active, because a stronger layer has one of the same name.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.shadowed-skill")]
public sealed record ShadowedSkill
{
    /// <summary>The name both have.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The layer of the one that is not active.</summary>
    [Id(1)]
    public required string Layer { get; init; }

    /// <summary>Its <c>SKILL.md</c>.</summary>
    [Id(2)]
    public required string FilePath { get; init; }

    /// <summary>The <c>SKILL.md</c> of the active one.</summary>
    [Id(3)]
    public required string ShadowedBy { get; init; }
}

/// <summary>Something that looked like a skill but could not be loaded.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.invalid-skill")]
public sealed record InvalidSkill
{
    /// <summary>The file or directory.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>The layer it was found in.</summary>
    [Id(1)]
    public required string Layer { get; init; }

    /// <summary>Why it could not be loaded, and what to do.</summary>
    [Id(2)]
    public required string Reason { get; init; }

    /// <summary>The line the reason points at, from 1; 0 where it points at the whole.</summary>
    [Id(3)]
    public int Line { get; init; }

    /// <summary>The column the reason points at, from 1; 0 where it points at the whole line.</summary>
    [Id(4)]
    public int Column { get; init; }

    /// <summary>
    /// The name of the skill whose last version that loaded goes on being served in its place, or null where nothing is.
    /// </summary>
    [Id(5)]
    public string? Serving { get; init; }

    /// <summary>The number of the snapshot that brought that version; 0 where there is none.</summary>
    [Id(6)]
    public long ServingSince { get; init; }
}
