using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>The plugins of a tenant at one moment. Never changes; a later one has a greater number.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-listing")]
public sealed record PluginListing
{
    /// <summary>The number, growing with every change.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>Whether plugins are turned on in the settings; where not, none runs.</summary>
    [Id(1)]
    public required bool Enabled { get; init; }

    /// <summary>The plugins, in order of seniority: the one that was installed first comes first.</summary>
    [Id(2)]
    public ImmutableArray<PluginInfo> Plugins { get; init; } = [];

    /// <summary>What keeps the tenant's plugins from being read, or could not be loaded of the plugin directories.</summary>
    [Id(3)]
    public ImmutableArray<string> Problems { get; init; } = [];
}

/// <summary>A plugin as it is listed.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-info")]
public sealed record PluginInfo
{
    /// <summary>The id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    [Id(2)]
    public string Description { get; init; } = "";

    /// <summary><c>pending</c>, <c>enabled</c>, <c>disabled</c>, <c>revoked</c> or <c>removed</c>.</summary>
    [Id(3)]
    public required string State { get; init; }

    /// <summary>The version that runs; null while the first waits for approval.</summary>
    [Id(4)]
    public PluginVersionInfo? Active { get; init; }

    /// <summary>A version that waits for approval; the active one keeps serving.</summary>
    [Id(5)]
    public PluginVersionInfo? Candidate { get; init; }

    /// <summary>What the candidate asks for beyond what was approved, a line each.</summary>
    [Id(6)]
    public ImmutableArray<string> AsksFor { get; init; } = [];

    /// <summary>What was approved, a line each.</summary>
    [Id(7)]
    public ImmutableArray<string> Approved { get; init; } = [];

    /// <summary>Versions that a rollback goes through, the latest last.</summary>
    [Id(8)]
    public ImmutableArray<string> History { get; init; } = [];

    /// <summary>Whether upgrades are refused.</summary>
    [Id(9)]
    public bool Pinned { get; init; }

    /// <summary>The tools of the version that runs; empty while none does.</summary>
    [Id(10)]
    public ImmutableArray<PluginTool> Tools { get; init; } = [];

    /// <summary>What keeps the version that should run from running; null where nothing does.</summary>
    [Id(11)]
    public string? Problem { get; init; }
}

/// <summary>A version of a plugin.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-version")]
public sealed record PluginVersionInfo
{
    /// <summary>The version.</summary>
    [Id(0)]
    public required string Version { get; init; }

    /// <summary>The SHA-256 over the package.</summary>
    [Id(1)]
    public required string Package { get; init; }

    /// <summary>The SHA-256 of the component.</summary>
    [Id(2)]
    public required string Component { get; init; }
}

/// <summary>A tool of a plugin.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-tool")]
public sealed record PluginTool
{
    /// <summary>The name as the plugin has it; front ends may list it under another where it is taken.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>What it does and when to use it.</summary>
    [Id(1)]
    public string Description { get; init; } = "";

    /// <summary>A JSON Schema of type <c>object</c> for the arguments, as JSON.</summary>
    [Id(2)]
    public required string InputSchema { get; init; }

    /// <summary>A JSON Schema of type <c>object</c> for the structured result, as JSON; null where none is promised.</summary>
    [Id(3)]
    public string? OutputSchema { get; init; }
}

/// <summary>Which package of a plugin runs.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-resolution")]
public sealed record PluginResolution
{
    /// <summary>The hash of the package; null where none runs.</summary>
    [Id(0)]
    public string? Package { get; init; }

    /// <summary>Why none runs; null where one does.</summary>
    [Id(1)]
    public PluginFailure? Failure { get; init; }
}

/// <summary>Tells front ends that a tenant's plugins are others now.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugins-changed")]
public sealed record PluginsChanged
{
    /// <summary>The number of the new listing.</summary>
    [Id(0)]
    public required long Number { get; init; }
}
