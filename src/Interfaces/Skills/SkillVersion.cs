namespace ClawGrains.Interfaces;

/// <summary>One version of a skill: what is listed of it, and its instructions.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-version")]
public sealed record SkillVersion
{
    /// <summary>The number of the snapshot that it was read from.</summary>
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
}

/// <summary>The instructions of a skill, ready to be read by a model.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.rendered-skill")]
public sealed record RenderedSkill
{
    /// <summary>The skill's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The number of the snapshot that the instructions are of.</summary>
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
}
