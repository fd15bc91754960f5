namespace ClawGrains.Skills.Watching;

/// <summary>Something below the roots changed since the last one; which files is for the reader to find out.</summary>
/// <param name="SeenBy">What noticed it.</param>
public sealed record SkillChange(SkillChangeSource SeenBy);

/// <summary>What notices a change.</summary>
public enum SkillChangeSource
{
    /// <summary>The file system told of it.</summary>
    Event,
    /// <summary>A look at every file found it.</summary>
    Rescan,
}
