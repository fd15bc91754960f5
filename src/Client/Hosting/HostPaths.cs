namespace ClawGrains.Client.Hosting;

/// <summary>Where a host keeps its things, and what workspace it serves.</summary>
internal sealed record HostPaths(string DataDirectory, string Workspace)
{
    /// <summary>The record of the running host: address and process.</summary>
    public string HostRecord => Path.Combine(DataDirectory, "host.json");

    /// <summary>Whether commands find this data directory without being told.</summary>
    public bool IsDefault => DataDirectory == Resolve(null, null).DataDirectory;

    /// <summary>
    /// The data directory is what was asked for, else <c>CLAWGRAINS_HOME</c>, else <c>~/.clawgrains</c>; the workspace what
    /// was asked for, else <c>CLAWGRAINS_WORKSPACE</c>, else the current directory.
    /// </summary>
    public static HostPaths Resolve(string? data, string? workspace) => new(
        Path.GetFullPath(data ?? Setting("CLAWGRAINS_HOME") ?? HomeDirectory()),
        Path.GetFullPath(workspace ?? Setting("CLAWGRAINS_WORKSPACE") ?? Environment.CurrentDirectory));

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string HomeDirectory() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".clawgrains");
}
