namespace ClawGrains.Skills.Discovery;

/// <summary>Where a skill comes from; a higher layer hides a lower one's skill of the same name.</summary>
public enum SkillLayer
{
    /// <summary>Shipped with the product.</summary>
    Bundled,
    /// <summary>Declared by a plugin's manifest.</summary>
    Plugin,
    /// <summary>Installed: <c>~/.clawgrains/skills</c>.</summary>
    Managed,
    /// <summary>The workspace's own: <c>skills</c> and <c>.clawgrains/skills</c> in it.</summary>
    Workspace,
}
