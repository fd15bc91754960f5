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

    /// <summary>Whether shell commands are new.</summary>
    public bool Shell { get; init; }

    /// <summary>Whether nothing is new.</summary>
    public bool IsEmpty => Network.IsEmpty && Filesystem.IsEmpty && Environment.IsEmpty && Credentials.IsEmpty && !Shell;

    /// <summary>Compares; what an approved pattern covers is not new.</summary>
    public static PermissionGrowth Between(PluginPermissions approved, PluginPermissions requested) => new()
    {
        Network = [.. requested.Network.Where(n => !approved.Network.Any(a => CoversHost(a, n)))],
        Filesystem = [.. requested.Filesystem.Where(f => !approved.Filesystem.Any(a => CoversPath(a, f)))],
        Environment = [.. requested.Environment.Where(e => !Covers(approved.Environment, e))],
        Credentials = [.. requested.Credentials.Except(approved.Credentials)],
        Shell = requested.Shell && !approved.Shell,
    };

    /// <summary>One line for each thing, for people.</summary>
    public IEnumerable<string> Describe() =>
    [
        .. Network.Select(n => $"network: {n}"),
        .. Filesystem.Select(f => $"filesystem: {f}"),
        .. Environment.Select(e => $"environment: {e}"),
        .. Credentials.Select(c => $"credential: {c.Secret} in {c.Header} to {c.Host}"),
        .. Shell ? (string[])["shell"] : [],
    ];

    private static bool CoversHost(string approved, string requested) =>
        NetworkPattern.TryParse(approved, out var a) && NetworkPattern.TryParse(requested, out var r) && a.Covers(r);

    private static bool CoversPath(string approved, string requested) =>
        FilePattern.TryParse(approved, out var a) && FilePattern.TryParse(requested, out var r) && a.Covers(r);

    private static bool Covers(ImmutableArray<string> approved, string requested) =>
        approved.Contains(requested) || (!requested.Contains('*', StringComparison.Ordinal) && EnvironmentRules.Permits(approved, requested));
}
