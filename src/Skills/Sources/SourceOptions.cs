using ClawGrains.Skills.Archives;

namespace ClawGrains.Skills.Sources;

/// <summary>Where skills may be fetched from, and how much.</summary>
public sealed record SourceOptions
{
    /// <summary>The defaults.</summary>
    public static SourceOptions Default { get; } = new();

    /// <summary>The ClawHub that slugs are looked up in. Default <c>https://clawhub.ai</c>.</summary>
    public Uri ClawHub { get; init; } = new("https://clawhub.ai");
    /// <summary>A ClawHub token, sent to <see cref="ClawHub"/> only. Default none.</summary>
    public string? ClawHubToken { get; init; }
    /// <summary>Whether a skill that ClawHub flags as suspicious is fetched. One flagged as malware never is. Default false.</summary>
    public bool AllowSuspicious { get; init; }
    /// <summary>The git hosts by the name an argument begins with. Default <c>github.com</c>.</summary>
    public IReadOnlyDictionary<string, Uri> GitHosts { get; init; } = new Dictionary<string, Uri> { ["github.com"] = new("https://github.com") };
    /// <summary>The git program; where it is null or cannot be found, the host's archive is downloaded. Default <c>git</c>.</summary>
    public string? GitProgram { get; init; } = "git";
    /// <summary>Whether plain http is allowed to other machines than this one. Default false.</summary>
    public bool AllowPlainHttp { get; init; }
    /// <summary>The longest that fetching may take. Default 5 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>The limits of archives, and by <see cref="ArchiveOptions.MaxArchiveBytes"/> of downloads.</summary>
    public ArchiveOptions Archives { get; init; } = ArchiveOptions.Default;
    /// <summary>Where what is fetched lies until it is installed. Default: the system's directory for such files.</summary>
    public string TemporaryDirectory { get; init; } = Path.GetTempPath();
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
