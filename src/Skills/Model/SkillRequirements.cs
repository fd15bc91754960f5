namespace ClawGrains.Skills.Model;

/// <summary>What a skill says it needs: the <c>requires</c> block.</summary>
public sealed record SkillRequirements
{
    /// <summary>Needs nothing.</summary>
    public static SkillRequirements None { get; } = new();

    /// <summary>Programs that must all be on the PATH.</summary>
    public IReadOnlyList<string> Bins { get; init; } = [];
    /// <summary>Programs of which one must be on the PATH.</summary>
    public IReadOnlyList<string> AnyBins { get; init; } = [];
    /// <summary>Environment variables that must all be set, in the process or in the skill's settings.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];
    /// <summary>Dotted configuration paths that must all be truthy.</summary>
    public IReadOnlyList<string> Config { get; init; } = [];
}
