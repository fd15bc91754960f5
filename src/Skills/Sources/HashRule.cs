using ClawGrains.Skills.Packages;

namespace ClawGrains.Skills.Sources;

/// <summary>A version is what it was: where the lock file has the same version of a source, its content must be the same.</summary>
public static class HashRule
{
    /// <summary>Why a skill must not be installed, or null.</summary>
    /// <exception cref="InvalidDataException">The lock file is damaged.</exception>
    public static string? Broken(string managedRoot, SkillOrigin origin, string sha256)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (origin.Revision is not { } revision) return null;
        var locked = SkillLockFile.Read(managedRoot).FirstOrDefault(e => e.Origin == origin);
        return locked is null || locked.Sha256 == sha256 ? null
            : $"{origin.Location} {revision} has changed since it was installed: its hash was {locked.Sha256} and is {sha256}. "
                + $"A version never changes by itself; remove '{locked.Name}' first if you trust the new content";
    }
}
