using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// Finds a plugin's tool by any name it goes by: its own, where the oldest plugin that has it is meant; <c>PLUGIN/TOOL</c>; and
/// those under which it is listed over MCP, so that a recorded call can be made again.
/// </summary>
internal static class HostToolNames
{
    public static (PluginInfo Plugin, string Tool)? Find(PluginListing listing, string name)
    {
        // In the order in which MCP gives the names away, so that both mean the same tool.
        return First(listing, (_, t) => t == name)
            ?? First(listing, (_, t) => ToolNames.Of(t) == name)
            ?? First(listing, (p, t) => ToolNames.Qualified(p, t) == name)
            ?? First(listing, (p, t) => name.Length == p.Length + 1 + t.Length && name == $"{p}/{t}");
    }

    private static (PluginInfo, string)? First(PluginListing listing, Func<string, string, bool> fits)
    {
        foreach (var plugin in listing.Plugins)
            foreach (var tool in plugin.Tools)
                if (fits(plugin.Id, tool.Name)) return (plugin, tool.Name);
        return null;
    }
}
