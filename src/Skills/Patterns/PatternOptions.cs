namespace ClawGrains.Skills.Patterns;

/// <summary>What counts as a repeated sequence of tool calls.</summary>
public sealed record PatternOptions
{
    /// <summary>The defaults.</summary>
    public static PatternOptions Default { get; } = new();

    /// <summary>The calls that are looked back at. Default 30.</summary>
    public int Window { get; init; } = 30;
    /// <summary>The fewest calls of a sequence. Default 2.</summary>
    public int MinLength { get; init; } = 2;
    /// <summary>The most calls of a sequence. Default 10.</summary>
    public int MaxLength { get; init; } = 10;
    /// <summary>How often a sequence must occur within the window, without overlap. Default 3.</summary>
    public int Threshold { get; init; } = 3;
    /// <summary>How many reported sequences may wait for a decision; while they do, no other is reported. Default 10.</summary>
    public int MaxPending { get; init; } = 10;
}
