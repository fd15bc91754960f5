using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Discovery;

/// <summary>A skill and the place it was found in.</summary>
/// <param name="Document">The skill.</param>
/// <param name="Layer">Its layer.</param>
/// <param name="Root">The layer's root it was found below.</param>
public sealed record DiscoveredSkill(SkillDocument Document, SkillLayer Layer, string Root)
{
    /// <summary>The files of its directory; those of its <c>SKILL.md</c> alone where they were not asked for.</summary>
    public SkillTree Tree { get; init; } = SkillTree.Of(Document);
}

/// <summary>A skill that is hidden by another of the same name.</summary>
/// <param name="Skill">The hidden one.</param>
/// <param name="By">The active one.</param>
public sealed record ShadowedSkill(DiscoveredSkill Skill, DiscoveredSkill By);

/// <summary>A path that was not searched or read, with the reason.</summary>
/// <param name="Path">The path.</param>
/// <param name="Layer">The layer of the root it lies below.</param>
/// <param name="Code">One of <see cref="SkillCodes"/>.</param>
/// <param name="Reason">One sentence for a person.</param>
public sealed record RefusedPath(string Path, SkillLayer Layer, string Code, string Reason);

/// <summary>Two skills of the same name met.</summary>
/// <param name="Code"><see cref="SkillCodes.DuplicateName"/> within a layer, <see cref="SkillCodes.Shadowed"/> across layers.</param>
/// <param name="Name">The name.</param>
/// <param name="Message">One sentence that names both files.</param>
public sealed record SkillSetWarning(string Code, string Name, string Message);
