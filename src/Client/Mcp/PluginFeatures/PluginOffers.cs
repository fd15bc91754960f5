using System.Text.Json;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Interfaces;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.PluginFeatures;

/// <summary>A tool of a plugin, by the names a caller may use for it.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Tool">The tool's name as the plugin has it.</param>
/// <param name="PromisesStructure">Whether it has an output schema.</param>
internal sealed record PluginOffer(string Plugin, string Tool, bool PromisesStructure);

/// <summary>
/// What a listing of plugins offers over MCP. A tool is listed under its own name; where an older plugin has a tool of
/// the name already, under <c>PLUGIN_TOOL</c>, by which each tool can be called in any case.
/// </summary>
internal sealed class PluginOffers
{
    private readonly Dictionary<string, PluginOffer> _byName = new(StringComparer.Ordinal);

    /// <param name="listing">The listing, plugins in order of seniority.</param>
    public PluginOffers(PluginListing listing)
    {
        var offers = listing.Plugins.SelectMany(p => p.Tools.Select(t => (Plugin: p, Tool: t))).ToArray();
        // Names of their own first, so that a made-up one never takes the place of a tool's own.
        var own = offers.Where(o => _byName.TryAdd(ToolNames.Of(o.Tool.Name), Offer(o.Plugin, o.Tool))).ToHashSet();
        var qualified = offers.ToDictionary(o => o, o => ToolNames.Qualified(o.Plugin.Id, o.Tool.Name));
        foreach (var offer in offers) _byName.TryAdd(qualified[offer], Offer(offer.Plugin, offer.Tool));
        var listed = offers.Select(o => (Offer: o, Name: own.Contains(o) ? ToolNames.Of(o.Tool.Name) : qualified[o])).ToArray();
        Features = new McpFeatureSet
        {
            Number = listing.Number,
            Tools = [.. listed.Select(l => ToolOf(l.Offer.Plugin, l.Offer.Tool, l.Name))],
            QualifiedToolNames = listed.GroupBy(l => l.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => qualified[g.First().Offer], StringComparer.Ordinal),
        };
    }

    /// <summary>The offers.</summary>
    public McpFeatureSet Features { get; }

    /// <summary>The tool of that name, or null.</summary>
    public PluginOffer? Find(string name) => _byName.GetValueOrDefault(name);

    private static PluginOffer Offer(PluginInfo plugin, PluginTool tool) => new(plugin.Id, tool.Name, tool.OutputSchema is not null);

    private static Tool ToolOf(PluginInfo plugin, PluginTool tool, string name) => new()
    {
        Name = name,
        Title = $"{tool.Name} ({plugin.Name})",
        Description = tool.Description.Length > 0 ? tool.Description : $"The tool {tool.Name} of the plugin {plugin.Name}.",
        InputSchema = JsonDocument.Parse(tool.InputSchema).RootElement,
        OutputSchema = tool.OutputSchema is { } output ? JsonDocument.Parse(output).RootElement : null,
        Meta = new() { ["clawgrains/plugin"] = plugin.Id, ["clawgrains/version"] = plugin.Active!.Version },
    };
}
