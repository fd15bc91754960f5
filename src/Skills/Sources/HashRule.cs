using ClawGrains.Skills.Packages;

namespace ClawGrains.Skills.Sources;

/// <summary>A version is what it was: where the lock file has the same version of a source, its content must be the same.</summary>
internal static class HashRule
{
    /// <summary>Why a skill must not be installed, or null.</summary>
    public static string? Broken(string managedRoot, FetchedSkill skill)
    {
        if (skill.Origin.Revision is not { } revision) return null;
        var locked = SkillLockFile.Read(managedRoot).FirstOrDefault(e => e.Origin == skill.Origin);
        return locked is null || locked.Sha256 == skill.Sha256 ? null
            : $"{skill.Origin.Location} {revision} has changed since it was installed: its hash was {locked.Sha256} and is {skill.Sha256}. "
                + $"A version never changes by itself; remove '{locked.Name}' first if you trust the new content";
    }
}
