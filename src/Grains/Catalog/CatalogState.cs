using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>What is stored of a catalog, so that numbers only grow across restarts and earlier snapshots can be gone back to.</summary>
[GenerateSerializer, Alias("clawgrains.catalog-state")]
internal sealed class CatalogState
{
    /// <summary>The number of the newest snapshot; 0 before the first.</summary>
    [Id(0)]
    public long Number { get; set; }

    /// <summary>What names the content of that snapshot, and is its key in the content store.</summary>
    [Id(1)]
    public string Fingerprint { get; set; } = "";

    /// <summary>The snapshots that are remembered, oldest first; the last is the newest.</summary>
    [Id(2)]
    public List<RecordedSnapshot> History { get; set; } = [];

    /// <summary>What a rollback holds.</summary>
    [Id(3)]
    public List<HeldSkill> Holds { get; set; } = [];

    /// <summary>The snapshot that rollback went back to; 0 where nothing is held.</summary>
    [Id(4)]
    public long RolledBackTo { get; set; }

    /// <summary>What is served though its files are gone.</summary>
    [Id(5)]
    public List<MissingSkill> Missing { get; set; } = [];
}

/// <summary>A snapshot that is remembered.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.recorded-snapshot")]
internal sealed record RecordedSnapshot
{
    /// <summary>What is told of it.</summary>
    [Id(0)]
    public required SnapshotInfo Info { get; init; }

    /// <summary>Its key in the content store; empty where it could not be kept.</summary>
    [Id(1)]
    public required string Fingerprint { get; init; }
}

/// <summary>A skill that a rollback keeps from being what is on disk.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.held-skill")]
internal sealed record HeldSkill
{
    /// <summary>Its <c>SKILL.md</c>.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>The version on disk when it was rolled back; empty where there was none. Another one ends the hold.</summary>
    [Id(1)]
    public required string OnDisk { get; init; }

    /// <summary>The version that is served; empty where none is.</summary>
    [Id(2)]
    public required string Served { get; init; }

    /// <summary>The directory of its layer.</summary>
    [Id(3)]
    public required string Root { get; init; }

    /// <summary>The layer, as <see cref="ClawGrains.Skills.Discovery.SkillLayer"/> counts them.</summary>
    [Id(4)]
    public required int Layer { get; init; }
}

/// <summary>A skill whose files vanished, and which goes on being served.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.missing-skill")]
internal sealed record MissingSkill
{
    /// <summary>Where its <c>SKILL.md</c> was.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>When it was seen to be gone.</summary>
    [Id(1)]
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it is given up; null where its whole layer is gone, which is waited for.</summary>
    [Id(2)]
    public DateTimeOffset? Until { get; init; }
}
