using ClawGrains.Skills.Eligibility;
using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Validation;

/// <summary>The verdict on one <c>SKILL.md</c>.</summary>
public sealed record SkillValidationRow
{
    /// <summary>The file, as it is reached from the path that was given.</summary>
    public required string Path { get; init; }
    /// <summary>Whether it loads (in strict mode: whether it keeps the specification).</summary>
    public required bool Loaded { get; init; }
    /// <summary>The skill's name.</summary>
    public required string Name { get; init; }
    /// <summary>The skill's description.</summary>
    public required string Description { get; init; }
    /// <summary>Who may use it, and what is missing.</summary>
    public required EligibilityReport Eligibility { get; init; }
    /// <summary>Findings that do not reject it.</summary>
    public required IReadOnlyList<SkillDiagnostic> Warnings { get; init; }
    /// <summary>Findings that do.</summary>
    public required IReadOnlyList<SkillDiagnostic> Errors { get; init; }
}
