using System.Collections.Immutable;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Packages;
using ClawGrains.Sandbox.Scanning;

namespace ClawGrains.Grains.Plugins;

/// <summary>What an operator sets for plugins: the section <c>plugins</c> of <c>clawgrains.json</c>.</summary>
public sealed record PluginSettings
{
    /// <summary>Whether plugins are loaded at all. Default false.</summary>
    public bool Enabled { get; init; }

    /// <summary>Directories whose subdirectories are plugins; each is installed for the default tenant. Default none.</summary>
    public ImmutableArray<string> Dirs { get; init; } = [];

    /// <summary>Whether changes in <see cref="Dirs"/> are installed while the host runs. Default true.</summary>
    public bool HotReload { get; init; } = true;

    /// <summary>What no manifest can exceed.</summary>
    public LimitCeilings Ceilings { get; init; } = new();

    /// <summary>How large packages may be.</summary>
    public PackageLimits Packages { get; init; } = new();

    /// <summary>Guests that run at once, of all tenants and plugins together; null for 64.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>What plugins may be and ask for.</summary>
    public CapabilityPolicy Capabilities { get; init; } = new();

    /// <summary>What the scan of skills and plugins looks for before an install, and what refuses it.</summary>
    public ScanPolicy Scanning { get; init; } = ScanPolicy.Default;

    /// <summary>Private addresses, <c>IP:PORT</c> each, that plugins may reach where their permissions name them. Default none.</summary>
    public ImmutableArray<string> PrivateAddresses { get; init; } = [];
}
