using System.Collections.Immutable;
using ClawGrains.Components;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Tools;

/// <summary>The interface <c>zeroclaw:plugin/tool@0.1.0</c>: one tool, which tells its own name and schema.</summary>
internal sealed class ZeroClawDialect(string prefix) : ToolDialect
{
    public static ZeroClawDialect? TryOf(Component component) =>
        component.Functions.Select(f => f.Name).FirstOrDefault(n => n.StartsWith("zeroclaw:plugin/tool@0.", StringComparison.Ordinal) && n.EndsWith("#execute", StringComparison.Ordinal)) is { } execute
            ? new ZeroClawDialect(execute[..^"execute".Length])
            : null;

    public override ImmutableArray<ToolDefinition> Describe(LiveGuest guest) =>
        [ToolDescription.Of(Ask(guest, "name"), Ask(guest, "description"), Ask(guest, "parameters-schema"))];

    // result<record { success, output, error }, string>
    public override PluginOutcome Call(LiveGuest guest, HostSession session, (string Tool, string Json) call)
    {
        if (Ask(guest, "name") is var name && name != call.Tool) return UnknownTool(call.Tool, [name]);
        var result = guest.Find([prefix + "execute"])!.Call(ComponentValue.String(call.Json))!.Value;
        if (!result.IsOk) return GuestWork.Answer(session, result.CasePayload!.Value.AsString(), failed: true);
        var answer = result.CasePayload!.Value;
        return answer["success"].AsBool()
            ? GuestWork.Answer(session, answer["output"].AsString(), failed: false)
            : GuestWork.Answer(session, answer["error"].CasePayload?.AsString() ?? answer["output"].AsString(), failed: true);
    }

    private string Ask(LiveGuest guest, string function) =>
        guest.Find([prefix + function]) is { } found ? found.Call()!.Value.AsString() : throw ToolDescription.Bad($"{prefix}{function} is missing");
}
