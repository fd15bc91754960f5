using ClawGrains.Skills.Eligibility;
using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Validation;

/// <summary>How skills are validated.</summary>
public sealed record SkillValidationOptions
{
    /// <summary>True for the rules of the Agent Skills specification (as <c>skills-ref</c> checks them), false for what loads. Default false.</summary>
    public bool Strict { get; init; }
    /// <summary>What eligibility is judged by. Default: this machine.</summary>
    public SkillEnvironment Environment { get; init; } = SkillEnvironment.Machine();
    /// <summary>Largest file that is read, in bytes. Default 1 MiB.</summary>
    public int MaxFileBytes { get; init; } = SkillReader.DefaultMaxFileBytes;
}
