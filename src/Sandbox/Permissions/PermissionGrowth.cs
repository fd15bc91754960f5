using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Permissions;

/// <summary>What a version asks for beyond what was approved. Each line is one thing a person decides on.</summary>
public sealed record PermissionGrowth
{
    /// <summary>New hosts.</summary>
    public ImmutableArray<string> Network { get; init; } = [];

    /// <summary>New paths, or writing where reading was approved.</summary>
    public ImmutableArray<string> Filesystem { get; init; } = [];

    /// <summary>New variables.</summary>
    public ImmutableArray<string> Environment { get; init; } = [];

    /// <summary>New secrets, or known ones for other hosts or headers.</summary>
    public ImmutableArray<CredentialBinding> Credentials { get; init; } = [];

    /// <summary>New tools of the host.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Whether keeping state is new.</summary>
    public bool State { get; init; }

    /// <summary>Whether shell commands are new.</summary>
    public bool Shell { get; init; }

    /// <summary>Whether nothing is new.</summary>
    public bool IsEmpty => Network.IsEmpty && Filesystem.IsEmpty && Environment.IsEmpty && Credentials.IsEmpty && Tools.IsEmpty && !State && !Shell;

    /// <summary>Compares; what an approved pattern covers is not new.</summary>
    public static PermissionGrowth Between(PluginPermissions approved, PluginPermissions requested) => new()
    {
        Network = [.. requested.Network.Where(n => !approved.Network.Any(a => CoversHost(a, n)))],
        Filesystem = [.. requested.Filesystem.Where(f => !approved.Filesystem.Any(a => CoversPath(a, f)))],
        Environment = [.. requested.Environment.Where(e => !Covers(approved.Environment, e))],
        Credentials = [.. requested.Credentials.Except(approved.Credentials)],
        Tools = [.. requested.Tools.Where(t => !approved.Tools.Any(a => a == t || (!t.Contains('*', StringComparison.Ordinal) && EnvironmentRules.Like(a, t))))],
        State = requested.State && !approved.State,
        Shell = requested.Shell && !approved.Shell,
    };

    /// <summary>One line for each thing, for people.</summary>
    public IEnumerable<string> Describe() =>
    [
        .. Network.Select(n => $"network: {n}"),
        .. Filesystem.Select(f => $"filesystem: {f}"),
        .. Environment.Select(e => $"environment: {e}"),
        .. Credentials.Select(c => $"credential: {c.Secret} in {c.Header} to {c.Host}"),
        .. Tools.Select(t => $"tool: {t}"),
        .. State ? (string[])["state"] : [],
        .. Shell ? (string[])["shell"] : [],
    ];

    private static bool CoversHost(string approved, string requested) =>
        NetworkPattern.TryParse(approved, out var a) && NetworkPattern.TryParse(requested, out var r) && a.Covers(r);

    private static bool CoversPath(string approved, string requested) =>
        FilePattern.TryParse(approved, out var a) && FilePattern.TryParse(requested, out var r) && a.Covers(r);

    private static bool Covers(ImmutableArray<string> approved, string requested) =>
        approved.Contains(requested) || (!requested.Contains('*', StringComparison.Ordinal) && EnvironmentRules.Permits(approved, requested));
}
