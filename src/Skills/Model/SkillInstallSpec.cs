namespace ClawGrains.Skills.Model;

/// <summary>One way to install what a skill needs. Only shown, never executed; unsafe values have been dropped.</summary>
public sealed record SkillInstallSpec
{
    /// <summary><c>brew</c>, <c>node</c>, <c>go</c>, <c>uv</c> or <c>download</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>The author's id of this way.</summary>
    public string? Id { get; init; }
    /// <summary>The author's label.</summary>
    public string? Label { get; init; }
    /// <summary>Programs it brings.</summary>
    public IReadOnlyList<string> Bins { get; init; } = [];
    /// <summary>Platforms it works on; empty means all.</summary>
    public IReadOnlyList<string> Os { get; init; } = [];
    /// <summary>Homebrew formula or cask.</summary>
    public string? Formula { get; init; }
    /// <summary>npm or uv package.</summary>
    public string? Package { get; init; }
    /// <summary>Go module.</summary>
    public string? Module { get; init; }
    /// <summary>An http or https address.</summary>
    public string? Url { get; init; }
    /// <summary>SHA-256 of the download, lower-case hex.</summary>
    public string? Sha256 { get; init; }
    /// <summary>Archive format of the download.</summary>
    public string? Archive { get; init; }
    /// <summary>Whether the download is to be unpacked.</summary>
    public bool? Extract { get; init; }
    /// <summary>Leading path components to drop when unpacking.</summary>
    public double? StripComponents { get; init; }
    /// <summary>Directory to unpack into.</summary>
    public string? TargetDir { get; init; }
}
