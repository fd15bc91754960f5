namespace ClawGrains.Skills.Watching;

/// <summary>Something below the roots changed since the last one.</summary>
/// <param name="SeenBy">What noticed it.</param>
/// <param name="Paths">
/// Where: full paths, each below a root as that was given. Null where anything may have changed, as after a rescan or lost events.
/// </param>
public sealed record SkillChange(SkillChangeSource SeenBy, IReadOnlyList<string>? Paths = null);

/// <summary>What notices a change.</summary>
public enum SkillChangeSource
{
    /// <summary>The file system told of it.</summary>
    Event,
    /// <summary>A look at every file found it.</summary>
    Rescan,
}
