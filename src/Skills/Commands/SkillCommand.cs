using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Commands;

/// <summary>A slash command that a skill contributes.</summary>
/// <param name="Name">The command without its slash: <c>a-z 0-9 _</c>, at most 32 characters, unique.</param>
/// <param name="Skill">The skill behind it.</param>
/// <param name="Tool">The tool that takes the raw arguments without a model turn, or null.</param>
public sealed record SkillCommand(string Name, SkillDocument Skill, string? Tool);
