using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>One version of a skill: what is listed of it, its instructions and its files. Never changes.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-version")]
public sealed record SkillVersion
{
    /// <summary>The number of the snapshot that brought this version: <see cref="SkillEntry.Since"/>.</summary>
    [Id(0)]
    public required long SnapshotNumber { get; init; }

    /// <summary>What is listed of it.</summary>
    [Id(1)]
    public required SkillEntry Entry { get; init; }

    /// <summary>The Markdown after the front matter.</summary>
    [Id(2)]
    public required string Body { get; init; }

    /// <summary>The whole <c>SKILL.md</c>, as its <see cref="SkillEntry.Sha256"/> was taken of.</summary>
    [Id(3)]
    public required string Source { get; init; }

    /// <summary>
    /// Its files in ordinal order of their paths, <c>SKILL.md</c> among them. One over 8 MB has no hash; there are none but
    /// <c>SKILL.md</c> where the directory has too many.
    /// </summary>
    [Id(4)]
    public ImmutableArray<SkillFile> Files { get; init; } = [];

    /// <summary>
    /// What <c>{baseDir}</c> stands for: the skill's directory, or, for a version that is not on disk any more, a copy of what it
    /// held.
    /// </summary>
    [Id(5)]
    public string Directory { get; init; } = "";
}

/// <summary>The instructions of a skill, ready to be read by a model.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.rendered-skill")]
public sealed record RenderedSkill
{
    /// <summary>The skill's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The number of the snapshot that brought the version that the instructions are of.</summary>
    [Id(1)]
    public required long SnapshotNumber { get; init; }

    /// <summary>The instructions.</summary>
    [Id(2)]
    public required string Text { get; init; }

    /// <summary>The skill's description.</summary>
    [Id(3)]
    public required string Description { get; init; }
}

/// <summary>A file of a skill's directory.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-file")]
public sealed record SkillFile
{
    /// <summary>The greatest file that is read for a client: 8 MB.</summary>
    public const int MaxReadBytes = 8 * 1024 * 1024;

    /// <summary>The path relative to the skill's directory, with <c>/</c>.</summary>
    [Id(0)]
    public required string Path { get; init; }

    /// <summary>The size in bytes.</summary>
    [Id(1)]
    public required long Size { get; init; }

    /// <summary>The SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    [Id(2)]
    public required string Sha256 { get; init; }

    /// <summary>Whether its owner may run it.</summary>
    [Id(3)]
    public bool IsExecutable { get; init; }
}

/// <summary>A skill as the catalog had it at one moment.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-reading")]
public sealed record SkillReading
{
    /// <summary>The number of the snapshot that was in force.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>The skill, or null where that snapshot has none of the name.</summary>
    [Id(1)]
    public SkillVersion? Version { get; init; }
}

/// <summary>A version that was replaced while calls were running on it.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.draining-version")]
public sealed record DrainingVersion
{
    /// <summary>The skill.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The <see cref="SkillEntry.Revision"/> of the version.</summary>
    [Id(1)]
    public required string Revision { get; init; }

    /// <summary>The number of the snapshot that had brought it.</summary>
    [Id(2)]
    public required long Since { get; init; }

    /// <summary>How many calls still run on it.</summary>
    [Id(3)]
    public required int Calls { get; init; }

    /// <summary>When the calls that still run are cancelled.</summary>
    [Id(4)]
    public required DateTimeOffset CancelledAt { get; init; }
}
