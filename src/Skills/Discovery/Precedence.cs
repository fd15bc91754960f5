using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Discovery;

/// <summary>Decides which of the skills of one name is active.</summary>
internal static class Precedence
{
    /// <summary>
    /// The higher layer wins; within a layer the root given first; within a root the last path in ordinal order, as in OpenClaw.
    /// </summary>
    public static SkillSet Resolve(IReadOnlyList<DiscoveredSkill> found, IReadOnlyList<RefusedPath> refused)
    {
        var shadowed = new List<ShadowedSkill>();
        var active = new List<DiscoveredSkill>();
        foreach (var group in found.Where(s => s.Document.IsValid).GroupBy(s => s.Document.Name, StringComparer.Ordinal))
        {
            var winner = group.Aggregate(Better);
            active.Add(winner);
            shadowed.AddRange(group.Where(s => s != winner).Select(s => new ShadowedSkill(s, winner)));
        }
        active.Sort((a, b) => string.CompareOrdinal(a.Document.Name, b.Document.Name));
        shadowed.Sort(CompareShadowed);
        return new SkillSet(active)
        {
            Shadowed = shadowed,
            Invalid = [.. found.Where(s => !s.Document.IsValid)],
            Refused = refused,
            Warnings = [.. shadowed.Select(Warning)],
        };
    }

    // The list is in the order of roots, and of paths within a root.
    private static DiscoveredSkill Better(DiscoveredSkill first, DiscoveredSkill next)
    {
        if (next.Layer != first.Layer) return next.Layer > first.Layer ? next : first;
        return next.Root == first.Root ? next : first;
    }

    private static int CompareShadowed(ShadowedSkill a, ShadowedSkill b) =>
        string.CompareOrdinal(a.Skill.Document.Name, b.Skill.Document.Name) is not 0 and var byName
            ? byName
            : string.CompareOrdinal(a.Skill.Document.FilePath, b.Skill.Document.FilePath);

    private static SkillSetWarning Warning(ShadowedSkill pair)
    {
        var (name, loser, winner) = (pair.Skill.Document.Name, pair.Skill.Document.FilePath, pair.By.Document.FilePath);
        return pair.Skill.Layer == pair.By.Layer
            ? new SkillSetWarning(SkillCodes.DuplicateName, name, $"two {pair.By.Layer} skills are named '{name}': {winner} is active, {loser} is not")
            : new SkillSetWarning(SkillCodes.Shadowed, name, $"the {pair.By.Layer} skill '{name}' ({winner}) hides the {pair.Skill.Layer} one ({loser})");
    }
}
