using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>A step in the life of a plugin.</summary>
public enum PluginStep
{
    /// <summary>Approve what the waiting version asks for, and let it run.</summary>
    Approve,

    /// <summary>Turn the waiting version down.</summary>
    Reject,

    /// <summary>Let a disabled plugin run.</summary>
    Enable,

    /// <summary>Keep a plugin from running.</summary>
    Disable,

    /// <summary>Go back to the version before.</summary>
    Rollback,

    /// <summary>Refuse upgrades.</summary>
    Pin,

    /// <summary>Take upgrades again.</summary>
    Unpin,

    /// <summary>Withdraw it for good.</summary>
    Revoke,

    /// <summary>Uninstall it; its packages are kept until it is purged.</summary>
    Remove,

    /// <summary>Forget a removed plugin and its packages.</summary>
    Purge,
}

/// <summary>What is to be installed: a path on the silo's machine, or the files themselves.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-install")]
public sealed record PluginInstall
{
    /// <summary>A directory with a manifest, or a zip archive of one; null where <see cref="Files"/> are given.</summary>
    [Id(0)]
    public string? Path { get; init; }

    /// <summary>The package's files by their path inside it; empty where <see cref="Path"/> is given.</summary>
    [Id(1)]
    public ImmutableDictionary<string, ImmutableArray<byte>> Files { get; init; } = ImmutableDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>Whether critical findings of the scan are overruled.</summary>
    [Id(2)]
    public bool Force { get; init; }

    /// <summary>Whether what it asks for is approved with the install.</summary>
    [Id(3)]
    public bool Approve { get; init; }

    /// <summary>The id the package must have, as for an upgrade; null for any.</summary>
    [Id(4)]
    public string? Id { get; init; }

    /// <summary>Whether nobody asked for it now: what was removed or revoked is then left so.</summary>
    [Id(5)]
    public bool Unattended { get; init; }

    /// <summary>Whether the plugin must be installed already.</summary>
    [Id(6)]
    public bool Upgrade { get; init; }

    /// <summary>Whether whoever installs decides on it at once, so that nobody else is asked.</summary>
    [Id(7)]
    public bool Decided { get; init; }
}

/// <summary>What a step gave: the plugin as it stands now, or why the step was not taken.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.plugin-reply")]
public sealed record PluginReply
{
    /// <summary>The plugin as it stands now; null after a purge and where <see cref="Failure"/> is set.</summary>
    [Id(0)]
    public PluginInfo? Plugin { get; init; }

    /// <summary>Why the step was not taken; nothing has changed then.</summary>
    [Id(1)]
    public PluginFailure? Failure { get; init; }

    /// <summary>What the install scan found and remarks on the manifest, a line each.</summary>
    [Id(2)]
    public ImmutableArray<string> Remarks { get; init; } = [];
}
