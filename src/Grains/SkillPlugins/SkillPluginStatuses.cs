using ClawGrains.Interfaces;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>Words what became of the plugins of skills.</summary>
/// <param name="listing">The plugins that are installed.</param>
/// <param name="known">Which of them came with which skill.</param>
/// <param name="off">Why none runs; null where plugins are turned on.</param>
internal sealed class SkillPluginStatuses(PluginListing listing, IReadOnlyCollection<SkillPlugin> known, string? off)
{
    /// <summary>The plugins of one skill: the one it carries first.</summary>
    public IEnumerable<SkillPluginStatus> Of(SkillEntry skill)
    {
        var carried = known.FirstOrDefault(k => k.Skill == skill.Name);
        if (skill.PluginManifest is not null && skill.Layer != LayerNames.Plugin) yield return Of(skill.Name, carried?.Plugin ?? "", carried?.Problem, isCarried: true);
        foreach (var named in skill.Plugins.Where(p => p != carried?.Plugin)) yield return Of(skill.Name, named, null, isCarried: false);
    }

    private SkillPluginStatus Of(string skill, string id, string? problem, bool isCarried)
    {
        var info = listing.Plugins.FirstOrDefault(p => p.Id == id && p.State != "removed");
        return new SkillPluginStatus
        {
            Skill = skill,
            Plugin = id,
            IsCarried = isCarried,
            State = info?.State ?? "missing",
            Version = info?.Active?.Version,
            AsksFor = info?.AsksFor ?? [],
            Tools = [.. (info?.Tools ?? []).Select(t => t.Name)],
            Problem = off ?? problem ?? info?.Problem,
        };
    }
}
