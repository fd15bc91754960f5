namespace ClawGrains.Skills.Review;

/// <summary>Something that a skill asks for.</summary>
/// <param name="Kind">What it is: <c>program</c>, <c>script</c>, <c>shell</c>, <c>tool</c>, <c>variable</c> or <c>setting</c>.</param>
/// <param name="Value">Which one, in the author's words.</param>
/// <param name="RunsPrograms">Whether a skill that has it runs programs on the machine of whoever follows it.</param>
public sealed record SkillPermission(string Kind, string Value, bool RunsPrograms = false)
{
    /// <summary>Kind and value: what two versions of a skill are compared by.</summary>
    public override string ToString() => $"{Kind} {Value}";
}
