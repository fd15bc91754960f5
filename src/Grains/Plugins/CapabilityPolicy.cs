using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// What plugins may be (<c>tool</c>, <c>skill</c>, <c>channel</c>, …) and ask for (<c>network</c>, <c>filesystem</c>,
/// <c>env_vars</c>, <c>credentials</c>, <c>state</c>, <c>tools</c>, <c>shell</c>). What is not allowed by name is denied; a denial stands above.
/// </summary>
public sealed record CapabilityPolicy
{
    /// <summary>Every word of both lists: what a plugin may be, and what it may ask for.</summary>
    public static ImmutableArray<string> Known { get; } =
    [
        "tool", "channel", "pipeline_stage", "skill", "memory_backend", "voice", "hook", "provider",
        "network", "filesystem", "env_vars", "credentials", "state", "tools", "shell",
    ];

    /// <summary>What is allowed. Default: tools and skills, and everything but <c>shell</c> to be asked for.</summary>
    public ImmutableArray<string> Allow { get; init; } = ["tool", "skill", "network", "filesystem", "env_vars", "credentials", "state", "tools"];

    /// <summary>What is denied even where it is allowed. Default nothing.</summary>
    public ImmutableArray<string> Deny { get; init; } = [];

    /// <summary>Why a plugin is not taken; null where it is.</summary>
    public PluginError? Check(PluginManifest manifest)
    {
        var refused = manifest.Capabilities.Concat(Asked(manifest.Permissions)).Where(c => !Allows(c)).Distinct(StringComparer.Ordinal).ToArray();
        return refused.Length == 0 ? null : new PluginError(PluginErrorKind.PermissionDenied,
            $"this host does not allow {string.Join(", ", refused)}: see plugins.capabilities.allow and .deny in the settings");
    }

    /// <summary>Whether a capability is allowed.</summary>
    public bool Allows(string capability) =>
        !Deny.Contains(capability, StringComparer.Ordinal) && Allow.Contains(capability, StringComparer.Ordinal);

    private static IEnumerable<string> Asked(PluginPermissions permissions)
    {
        if (!permissions.Network.IsEmpty) yield return "network";
        if (!permissions.Filesystem.IsEmpty) yield return "filesystem";
        if (!permissions.Environment.IsEmpty) yield return "env_vars";
        if (!permissions.Credentials.IsEmpty) yield return "credentials";
        if (permissions.State) yield return "state";
        if (!permissions.Tools.IsEmpty) yield return "tools";
        if (permissions.Shell) yield return "shell";
    }
}
