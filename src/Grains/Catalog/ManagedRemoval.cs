using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Skills.Discovery;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Grains.Catalog;

/// <summary>What is to be removed under a name. The caller takes it off the grain's scheduler.</summary>
/// <param name="name">The name.</param>
/// <param name="missing">The skill of that name in force, if its files are gone; it goes before any other.</param>
/// <param name="managed">Where the managed skill of that name is served from, if one is.</param>
internal sealed class ManagedRemoval(string name, ArchivedSkill? missing, string? managed)
{
    /// <summary>The <c>SKILL.md</c> that is missed by nobody afterwards.</summary>
    public IReadOnlyCollection<string> Paths => (missing?.Path ?? managed) is { } path ? [path] : [];

    public static ManagedRemoval Of(string name, IEnumerable<ArchivedSkill> served, IReadOnlyCollection<string> missing)
    {
        var named = served.Where(r => r.Name == name).ToArray();
        return new ManagedRemoval(
            name, named.FirstOrDefault(r => r.Active && missing.Contains(r.Path)), named.FirstOrDefault(r => r.Layer == SkillLayer.Managed)?.Path);
    }

    /// <summary>Removes it; false where there is nothing of that name to remove.</summary>
    /// <exception cref="PluginException">It could not be removed.</exception>
    public bool Run(string managedRoot)
    {
        if (missing is not null && missing.Layer != SkillLayer.Managed) return true;
        var result = SkillPackage.Remove(name, managedRoot);
        if (result.Succeeded) return true;
        return result.Errors.Any(e => e.Code == "NOT_FOUND")
            ? missing is not null
            : throw new PluginException(PluginErrorKind.Internal, $"{name}: {string.Join("; ", result.Errors.Select(e => e.Message))}");
    }
}
