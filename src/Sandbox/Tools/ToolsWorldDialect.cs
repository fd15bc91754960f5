using System.Collections.Immutable;
using ClawGrains.Components;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Tools;

/// <summary>The interface <c>clawgrains:tools/tools@1.0.0</c>, or its ZeroClaw namesake: <c>list-tools</c>, <c>call-tool</c>.</summary>
internal sealed class ToolsWorldDialect(string list, string call) : ToolDialect
{
    public static ToolsWorldDialect? TryOf(Component component) =>
        Find(component, "list-tools") is { } list && Find(component, "call-tool") is { } call ? new ToolsWorldDialect(list, call) : null;

    public override ImmutableArray<ToolDefinition> Describe(LiveGuest guest) => ToolDescription.Unique(
        [.. guest.Find([list])!.Call()!.Value.AsList().Take(ToolDescription.MaxTools + 1).Select(t =>
            ToolDescription.Of(t["name"].AsString(), t["description"].AsString(), t["input-schema"].AsString()))]);

    public override PluginOutcome Call(LiveGuest guest, HostSession session, (string Tool, string Json) arguments)
    {
        var result = guest.Find([call])!.Call(ComponentValue.String(arguments.Tool), ComponentValue.String(arguments.Json))!.Value;
        return GuestWork.Answer(session, result.CasePayload!.Value.AsString(), !result.IsOk);
    }

    private static string? Find(Component component, string function) => component.Functions.Select(f => f.Name).FirstOrDefault(n =>
        n == $"tools#{function}" || ((n.StartsWith("clawgrains:tools/tools@1.", StringComparison.Ordinal) || n.StartsWith("zeroclaw:tools/tools@1.", StringComparison.Ordinal)) && n.EndsWith($"#{function}", StringComparison.Ordinal)));
}
