using System.Collections.Immutable;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Lifecycle;

/// <summary>Where in its life a plugin stands.</summary>
public enum PluginState
{
    /// <summary>Installed; a person has to approve what it asks for.</summary>
    Pending,

    /// <summary>Runs.</summary>
    Enabled,

    /// <summary>Kept, and does not run.</summary>
    Disabled,

    /// <summary>Withdrawn: never runs again unless it is removed and installed anew.</summary>
    Revoked,

    /// <summary>Uninstalled; its packages are kept until it is purged.</summary>
    Removed,
}

/// <summary>A version of a plugin in the lock file.</summary>
/// <param name="Version">The version.</param>
/// <param name="Package">The package's hash.</param>
/// <param name="Component">The component's hash.</param>
/// <param name="Requested">What it asks for.</param>
public sealed record LockedVersion(string Version, string Package, string Component, PluginPermissions Requested)
{
    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether critical findings of the scan were overruled.</summary>
    public bool Forced { get; init; }

    /// <summary>Directories of the package that hold skills.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];
}

/// <summary>A plugin of a tenant as the lock file has it.</summary>
public sealed record PluginRecord
{
    /// <summary>The plugin's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its seniority among the tenant's plugins: the first that was installed has 1.</summary>
    public int Order { get; init; }

    /// <summary>The id of the last step, which its audit record has too.</summary>
    public string Step { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public PluginState State { get; init; } = PluginState.Pending;

    /// <summary>The version that runs; null while the first waits for approval.</summary>
    public LockedVersion? Active { get; init; }

    /// <summary>A version that waits for approval; the active one keeps serving.</summary>
    public LockedVersion? Candidate { get; init; }

    /// <summary>Versions that were active before, the latest last.</summary>
    public ImmutableArray<LockedVersion> History { get; init; } = [];

    /// <summary>What was approved.</summary>
    public PluginPermissions Approved { get; init; } = PluginPermissions.None;

    /// <summary>Whether upgrades are refused.</summary>
    public bool Pinned { get; init; }

    /// <summary>Every version that is known, with the package it had: a version's package never changes.</summary>
    public ImmutableSortedDictionary<string, string> Seen { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the candidate asks for beyond what was approved.</summary>
    public PermissionGrowth Growth => Candidate is { } c ? PermissionGrowth.Between(Approved, c.Requested) : new();

    /// <summary>The packages that the record needs.</summary>
    public IEnumerable<string> Packages => ((LockedVersion?[])[Active, Candidate, .. History]).OfType<LockedVersion>().Select(v => v.Package);
}
