using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Tools;

/// <summary>
/// How the tools of a component are told and called that does not export <c>execute-tool</c>. Which dialect it speaks
/// follows from its exports.
/// </summary>
internal abstract class ToolDialect
{
    private static readonly ConditionalWeakTable<Component, ToolDialect> ByComponent = [];

    /// <summary>The dialect of a component: what is made for hosts of tools before what is merely callable.</summary>
    /// <exception cref="PluginException">It exports nothing that could be called.</exception>
    public static ToolDialect Of(Component component) => ByComponent.GetValue(component, Find);

    /// <summary>Asks an instance for its tools.</summary>
    /// <exception cref="PluginException">What it says is not fit.</exception>
    public abstract ImmutableArray<ToolDefinition> Describe(LiveGuest guest);

    /// <summary>Calls a tool of an instance.</summary>
    public abstract PluginOutcome Call(LiveGuest guest, HostSession session, (string Tool, string Json) call);

    protected static PluginOutcome Fail(PluginErrorKind kind, string message) => new() { Error = new PluginError(kind, message) };

    protected static PluginOutcome UnknownTool(string tool, IEnumerable<string> known) =>
        Fail(PluginErrorKind.NotFound, $"the plugin has no tool '{tool}'; it has {string.Join(", ", known)}");

    private static ToolDialect Find(Component component) =>
        ToolsWorldDialect.TryOf(component) ?? ZeroClawDialect.TryOf(component) ?? (ToolDialect?)ExportsDialect.TryOf(component) ?? CommandDialect.TryOf(component)
        ?? throw new PluginException(PluginErrorKind.Incompatible,
            $"the component exports no tools: neither execute-tool, nor clawgrains:tools, nor a function whose types have a JSON form, nor wasi:cli/run; it exports {string.Join(", ", component.Exports)}");
}
