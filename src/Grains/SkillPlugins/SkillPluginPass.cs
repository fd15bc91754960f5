using System.Collections.Immutable;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.SkillPlugins;

/// <summary>One pass over the skills that carry plugins: what was known before it, and what is now.</summary>
/// <param name="before">What was known.</param>
/// <param name="carrying">The skills that carry plugins.</param>
internal sealed class SkillPluginPass(ImmutableArray<SkillPlugin> before, ImmutableArray<SkillEntry> carrying)
{
    private readonly List<SkillPlugin> _now = [];

    public ImmutableArray<SkillPlugin> Before => before;

    public ImmutableArray<SkillEntry> Carrying => carrying;

    public ImmutableArray<SkillPlugin> Now => [.. _now];

    /// <summary>The plugins that no skill carries any more.</summary>
    public IEnumerable<SkillPlugin> Gone => before.Where(k => k.Plugin.Length > 0 && _now.All(n => n.Plugin != k.Plugin));

    public SkillPlugin? BeforeOf(string skill) => before.FirstOrDefault(k => k.Skill == skill);

    public void Add(SkillPlugin? plugin)
    {
        if (plugin is not null) _now.Add(plugin);
    }

    /// <summary>Why a skill can't have a plugin of that id; null where it can. A skill never replaces what somebody else installed.</summary>
    /// <param name="plugin">The plugin that the skill carries.</param>
    /// <param name="installed">The plugin of the id that is installed; null where none is.</param>
    public string? IsTaken(SkillPlugin plugin, PluginInfo? installed)
    {
        var other = before.Concat(_now).FirstOrDefault(k => k.Plugin == plugin.Plugin && k.Skill != plugin.Skill && carrying.Any(s => s.Name == k.Skill));
        if (other is not null) return $"skill '{other.Skill}' carries plugin {plugin.Plugin} already: give one of the two another id";
        if (installed is null or { State: "removed" } || before.Any(k => k.Plugin == plugin.Plugin)) return null;
        // A pass that was cut short has given it to the registry and not written it down.
        if (installed.Active?.Package == plugin.Package || installed.Candidate?.Package == plugin.Package) return null;
        return $"plugin {plugin.Plugin} is installed already, and not by this skill: give the skill's another id, or remove that one with `claw plugin remove {plugin.Plugin}`";
    }
}
