using System.Text.Json.Nodes;
using ClawGrains.Grains.Catalog;
using ClawGrains.Silo.Hosting;

namespace ClawGrains.Silo.Plugins;

/// <summary>The section <c>skills</c> of the settings; in force from the next start of a host.</summary>
internal static class SkillSettings
{
    private const long MostSeconds = 30 * 86_400; // timers reach 49 days

    /// <summary>The options with what the settings say.</summary>
    /// <exception cref="HostStartException">Something in it is not valid; the message names each.</exception>
    public static CatalogOptions Apply(CatalogOptions options, JsonObject settings, string file)
    {
        if (settings["skills"] is not { } node) return options;
        var errors = new List<string>();
        var skills = new SettingsSection(node, "skills", errors);
        if (node is not JsonObject) errors.Add("skills must be an object");
        options = options with
        {
            DrainLimit = TimeSpan.FromSeconds(skills.Number("drain_seconds", (long)options.DrainLimit.TotalSeconds, most: MostSeconds)),
            MissingLimit = TimeSpan.FromSeconds(skills.Number("keep_missing_seconds", (long)options.MissingLimit.TotalSeconds, least: 0, most: MostSeconds)),
            KeptSnapshots = (int)Math.Min(skills.Number("kept_snapshots", options.KeptSnapshots), int.MaxValue),
        };
        skills.RefuseOthers();
        return errors.Count == 0 ? options : throw new HostStartException($"{file}: {string.Join("; ", errors)}.");
    }
}
