namespace ClawGrains.Skills.Packages;

/// <summary>Limits and choices of an installation.</summary>
public sealed record SkillInstallOptions
{
    /// <summary>The defaults.</summary>
    public static SkillInstallOptions Default { get; } = new();

    /// <summary>Files a skill may have. Default 2,000.</summary>
    public int MaxFiles { get; init; } = 2_000;
    /// <summary>Bytes all its files may have. Default 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;
    /// <summary>Whether an installed skill of the same name is replaced. Default true.</summary>
    public bool Replace { get; init; } = true;
    /// <summary>What the lock file records as the source; null means the directory given.</summary>
    public SkillOrigin? Origin { get; init; }
    /// <summary>The hash that the directory must have, as it was shown to a person; null checks none.</summary>
    public string? Sha256 { get; init; }
    /// <summary>What the lock file records that the skill asks for; null for nothing.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }
    /// <summary>The clock for the lock file.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
