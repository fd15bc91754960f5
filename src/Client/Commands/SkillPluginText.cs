using ClawGrains.Interfaces;

namespace ClawGrains.Client.Commands;

/// <summary>Says what became of the plugin of a skill.</summary>
internal static class SkillPluginText
{
    /// <summary>Lines with their labels.</summary>
    public static IEnumerable<(string Label, string Text)> Rows(SkillPluginStatus plugin)
    {
        if (plugin.Plugin.Length > 0) yield return ("plugin", $"{plugin.Plugin}{(plugin.Version is null ? "" : $" {plugin.Version}")}: {plugin.State}");
        if (plugin.Tools.Length > 0) yield return ("tools", string.Join(", ", plugin.Tools));
        foreach (var problem in Problems(plugin)) yield return ("problem", problem);
    }

    /// <summary>What somebody has to do something about.</summary>
    public static IEnumerable<string> Problems(SkillPluginStatus plugin)
    {
        if (plugin.Problem is not null) yield return plugin.Problem;
        else if (plugin.State == "missing") yield return $"plugin {plugin.Plugin} is not installed: `claw plugin install PATH`";
        if (plugin.AsksFor.Length > 0) yield return $"plugin {plugin.Plugin} waits for approval of {string.Join("; ", plugin.AsksFor)}: `claw approvals approve {plugin.Plugin}`";
    }
}
