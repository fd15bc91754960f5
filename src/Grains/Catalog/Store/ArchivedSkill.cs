using System.Text.Json.Serialization;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>What a snapshot remembers of a skill: enough to find its version again.</summary>
internal sealed record ArchivedSkill
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its <c>SKILL.md</c>: what stays the same over its versions.</summary>
    public required string Path { get; init; }

    /// <summary>The directory of the layer it lies below.</summary>
    public required string Root { get; init; }

    /// <summary>The layer.</summary>
    public required SkillLayer Layer { get; init; }

    /// <summary>The version.</summary>
    public required string Revision { get; init; }

    /// <summary>The snapshot that brought it.</summary>
    public required long Since { get; init; }

    /// <summary>Whether it is in force, not shadowed.</summary>
    public required bool Active { get; init; }

    /// <summary>Whether everything it requires is there.</summary>
    public bool Eligible { get; init; }

    /// <summary>Its slash command, or null.</summary>
    public string? Command { get; init; }

    /// <summary>Why it is not what is on disk, or null.</summary>
    public string? Stale { get; init; }

    /// <summary>Whether a rollback holds it.</summary>
    public bool Held { get; init; }
}

/// <summary>A snapshot as it is kept: the hashes of its parts.</summary>
internal sealed record ArchivedSnapshot
{
    /// <summary>The hashes of lists of skills; which list a skill is in follows from its path.</summary>
    public required string[] Parts { get; init; }

    /// <summary>What else the snapshot shows: the broken and the shadowed.</summary>
    public string[] Rest { get; init; } = [];
}

[JsonSerializable(typeof(ArchivedSnapshot))]
[JsonSerializable(typeof(ArchivedSkill[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ArchiveJson : JsonSerializerContext;
