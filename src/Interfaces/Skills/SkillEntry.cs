using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>A skill as it is listed.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.skill-entry")]
public sealed record SkillEntry
{
    /// <summary>The name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it is for and when to use it.</summary>
    [Id(1)]
    public required string Description { get; init; }

    /// <summary>The layer: <c>workspace</c>, <c>managed</c>, <c>plugin</c> or <c>bundled</c>.</summary>
    [Id(2)]
    public required string Layer { get; init; }

    /// <summary>The full path of its <c>SKILL.md</c>.</summary>
    [Id(3)]
    public required string FilePath { get; init; }

    /// <summary>The SHA-256 of <c>SKILL.md</c>, 64 lower-case hexadecimal digits.</summary>
    [Id(4)]
    public required string Sha256 { get; init; }

    /// <summary>Whether everything it requires is there.</summary>
    [Id(5)]
    public required bool Eligible { get; init; }

    /// <summary>Whether a model is told of it (eligible, and <c>disable-model-invocation</c> is not set).</summary>
    [Id(6)]
    public required bool ModelVisible { get; init; }

    /// <summary>Whether a person may call it (<c>user-invocable</c>).</summary>
    [Id(7)]
    public required bool UserInvocable { get; init; }

    /// <summary>The slash command it contributes, without the slash; null where it contributes none.</summary>
    [Id(8)]
    public string? Command { get; init; }

    /// <summary>What it requires and is not there; null where nothing is missing.</summary>
    [Id(9)]
    public MissingRequirements? Missing { get; init; }

    /// <summary>What is odd about it but did not keep it from loading.</summary>
    [Id(10)]
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The <c>allowed-tools</c> of its front matter.</summary>
    [Id(11)]
    public ImmutableArray<string> AllowedTools { get; init; } = [];

    /// <summary>Its home page, or null.</summary>
    [Id(12)]
    public string? Homepage { get; init; }

    /// <summary>Its licence, or null.</summary>
    [Id(13)]
    public string? License { get; init; }

    /// <summary>Front matter as it was read, by key: text as it is, anything else as JSON.</summary>
    [Id(14)]
    public ImmutableDictionary<string, string> Frontmatter { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether a model may call it where it is eligible (<c>disable-model-invocation</c> is not set).</summary>
    [Id(15)]
    public bool ModelInvocable { get; init; } = true;

    /// <summary>
    /// The version: the SHA-256 over the hashes of all files of its directory, 64 lower-case hexadecimal digits. Hidden files and
    /// links do not count.
    /// </summary>
    [Id(20)]
    public string Revision { get; init; } = "";

    /// <summary>The number of the snapshot that brought this version. For one skill it only grows.</summary>
    [Id(21)]
    public long Since { get; init; }

    /// <summary>
    /// Why what is on disk is not served, as <c>FILE:LINE:COLUMN: REASON</c>, where this is the last version that loaded; else null.
    /// </summary>
    [Id(22)]
    public string? Stale { get; init; }

    /// <summary>Whether a rollback holds it at this version, until its files are changed or the rollback is ended.</summary>
    [Id(23)]
    public bool Held { get; init; }

    /// <summary>The manifest of the plugin that its directory holds, by its file name; null where it holds none.</summary>
    [Id(24)]
    public string? PluginManifest { get; init; }

    /// <summary>The ids of installed plugins that it names as its own.</summary>
    [Id(25)]
    public ImmutableArray<string> Plugins { get; init; } = [];

    /// <summary>The tool that takes what follows its slash command, as it was typed (<c>command-dispatch: tool</c>); else null.</summary>
    [Id(26)]
    public string? CommandTool { get; init; }

    /// <summary>Whether front ends and plugins are told of it: it can be used here, or what it lacks can be said.</summary>
    public bool IsOffered() => Eligible || Missing is not null;
}

/// <summary>What a skill requires and is not there.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.missing-requirements")]
public sealed record MissingRequirements
{
    /// <summary>Programs that are not on the PATH.</summary>
    [Id(0)]
    public ImmutableArray<string> Bins { get; init; } = [];

    /// <summary>Programs of which one would do, and none is there.</summary>
    [Id(1)]
    public ImmutableArray<string> AnyBins { get; init; } = [];

    /// <summary>Environment variables that are not set.</summary>
    [Id(2)]
    public ImmutableArray<string> Env { get; init; } = [];

    /// <summary>Settings that are not set to something true.</summary>
    [Id(3)]
    public ImmutableArray<string> Config { get; init; } = [];

    /// <summary>The systems it is for, where this is none of them.</summary>
    [Id(4)]
    public ImmutableArray<string> Os { get; init; } = [];

    /// <summary>Plugins that do not run.</summary>
    [Id(5)]
    public ImmutableArray<string> Plugins { get; init; } = [];
}
