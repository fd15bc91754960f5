using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>A plugin as its manifest describes it. Immutable and valid.</summary>
public sealed record PluginManifest
{
    /// <summary>The plugin's id.</summary>
    public required PluginId Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required PluginVersion Version { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The WIT packages it is written against. Default <c>clawft:plugin@0.1.0</c>.</summary>
    public ImmutableArray<WitPackage> WitPackages { get; init; } = [WitPackage.Plugin];

    /// <summary>The component's path inside the package. Default <c>plugin.wasm</c>.</summary>
    public string Component { get; init; } = "plugin.wasm";

    /// <summary>What it offers. Default <c>tool</c>.</summary>
    public ImmutableArray<string> Capabilities { get; init; } = ["tool"];

    /// <summary>Plugins it needs, with the least version that serves.</summary>
    public ImmutableSortedDictionary<string, string> Dependencies { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it asks for.</summary>
    public PluginPermissions Permissions { get; init; } = PluginPermissions.None;

    /// <summary>The limits it sets; the host's ceilings are not applied yet.</summary>
    public PluginLimits Limits { get; init; } = PluginLimits.Default;

    /// <summary>Directories of the package that hold skills.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];
}
