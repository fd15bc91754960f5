using ClawGrains.Contracts;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Execution;

/// <summary>A plugin version that can run: immutable, so a call in flight keeps what it began with.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Component">The component's bytes; they must not change.</param>
/// <param name="Hash">The SHA-256 of the bytes, by which compiled code is found.</param>
/// <param name="Approved">What a person approved of what it asks for.</param>
public sealed record RunnablePlugin(PluginManifest Manifest, ReadOnlyMemory<byte> Component, string Hash, PluginPermissions Approved)
{
    /// <summary>A plugin whose hash is computed here.</summary>
    public static RunnablePlugin Of(PluginManifest manifest, ReadOnlyMemory<byte> component, PluginPermissions approved) =>
        new(manifest, component, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(component.Span)), approved);
}

/// <summary>How a call of a plugin ended.</summary>
public sealed record PluginOutcome
{
    /// <summary>What the plugin answered, JSON by convention; null where it did not.</summary>
    public string? Result { get; init; }

    /// <summary>The error that the plugin itself answered with; null where it did not.</summary>
    public string? ToolError { get; init; }

    /// <summary>Why the host ended or refused the call; null where the plugin answered.</summary>
    public PluginError? Error { get; init; }

    /// <summary>Fuel that the call used. The same call with the same answers of its host functions uses the same.</summary>
    public long FuelUsed { get; init; }

    /// <summary>How long it ran, waiting for its turn not counted.</summary>
    public TimeSpan Duration { get; init; }
}
