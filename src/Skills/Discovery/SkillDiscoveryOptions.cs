namespace ClawGrains.Skills.Discovery;

/// <summary>Limits of a discovery. There is no limit on the number of skills.</summary>
public sealed record SkillDiscoveryOptions
{
    /// <summary>The defaults.</summary>
    public static SkillDiscoveryOptions Default { get; } = new();

    /// <summary>Directory levels below a root that are searched. Default 6.</summary>
    public int MaxDepth { get; init; } = 6;
    /// <summary>Largest <c>SKILL.md</c> in bytes. Default 1 MiB.</summary>
    public int MaxFileBytes { get; init; } = Parsing.SkillReader.DefaultMaxFileBytes;
    /// <summary>Whether every file of a skill is hashed, so that a change to any of them is one of the skill. Default false.</summary>
    public bool HashFiles { get; init; }
    /// <summary>
    /// Whether nothing is remembered for another look, which then reads everything anew. A first look is a third cheaper. Default false.
    /// </summary>
    public bool ForgetsFiles { get; init; }
    /// <summary>The clock by which a file's time is young. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
    /// <summary>Files read at the same time. Default: the number of processors.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
