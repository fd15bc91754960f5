using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Logging;

namespace ClawGrains.Grains.Plugins;

/// <summary>What a silo runs plugins with.</summary>
public sealed record PluginHostOptions
{
    /// <summary>The directory that packages, lock files and the audit are kept in.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The workspace of the default tenant.</summary>
    public required string Workspace { get; init; }

    /// <summary>The settings in force. Default: plugins are off.</summary>
    public Func<PluginSettings> Settings { get; init; } = static () => new PluginSettings();

    /// <summary>Where plugins' messages go. Default: the log of the host.</summary>
    public Action<GuestLogLine>? Log { get; init; }

    /// <summary>Where secrets come from; null for files in <c>secrets</c> of the tenant's directory.</summary>
    public ISecretSource? Secrets { get; init; }
}
