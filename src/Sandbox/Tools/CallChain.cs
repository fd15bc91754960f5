using System.Collections.Immutable;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Tools;

/// <summary>
/// The plugins that wait for each other in one chain of tool calls. Flows with the asynchronous call; a host that passes
/// calls on to another process carries <see cref="Current"/> over by itself.
/// </summary>
public static class CallChain
{
    /// <summary>The most plugins of a chain.</summary>
    public const int MaxLength = 8;

    private static readonly AsyncLocal<ImmutableStack<PluginId>?> Chain = new();

    /// <summary>The plugins, the innermost first.</summary>
    public static ImmutableStack<PluginId> Current
    {
        get => Chain.Value ?? [];
        set => Chain.Value = value;
    }

    /// <summary>Why a plugin can't be called now; null where it can.</summary>
    internal static string? WhyNot(PluginId plugin)
    {
        var chain = Chain.Value;
        if (chain is null || chain.IsEmpty) return null;
        if (chain.Contains(plugin)) return $"plugin {plugin} waits for this very call: calls can't go in circles";
        return chain.Count() >= MaxLength ? $"more than {MaxLength} plugins call each other" : null;
    }
}
