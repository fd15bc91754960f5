using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Tools;

namespace ClawGrains.Sandbox.Execution;

/// <summary>What a call wants of a guest, once it is initialised.</summary>
internal abstract class GuestWork
{
    private static readonly string[] Init = ["plugin#init", "clawft:plugin/plugin@0.1.0#init", "init"];

    /// <summary>The name of the audit record; null leaves none.</summary>
    public virtual string? Function => null;

    /// <summary>What the audit says of the arguments.</summary>
    public virtual string Arguments => "";

    /// <summary>Takes the pieces of a chat answer; null where there are none.</summary>
    public virtual Func<string, bool>? Sink => null;

    /// <summary>Bytes of UTF-8 that go in.</summary>
    public virtual int InputBytes => 0;

    /// <summary>Initialises the guest and calls it.</summary>
    public PluginOutcome Run(LiveGuest guest, HostSession session) =>
        guest.Find(Init)?.Call() is { Kind: ComponentValueKind.Result, IsOk: false } refusal
            ? new PluginOutcome { ToolError = session.Scope.Secrets.Clean($"init failed: {(refusal.CasePayload is { } why ? why.ToString() : "no reason given")}") }
            : Call(guest, session);

    protected abstract PluginOutcome Call(LiveGuest guest, HostSession session);

    internal static PluginOutcome Answer(HostSession session, string text, bool failed)
    {
        var limit = session.Scope.Limits.ValueBytes;
        if (text.Length > limit / 3 && Encoding.UTF8.GetByteCount(text) > limit) return Refused(ExhaustedResource.Size, $"result larger than {limit} bytes");
        text = session.Scope.Secrets.Clean(text);
        return failed ? new PluginOutcome { ToolError = text } : new PluginOutcome { Result = text };
    }

    /// <summary>Calls with JSON by WIT types; the result, variants and results as objects with one property, becomes JSON.</summary>
    protected static PluginOutcome CallJson(ComponentFunction function, HostSession session, JsonNode arguments)
    {
        using var document = JsonDocument.Parse(ToolJson.Text(arguments));
        return Answer(session, ToolJson.Text(function.CallJson(document.RootElement)), failed: false);
    }

    protected static PluginOutcome Lacks(LiveGuest guest, string what) => new()
    {
        Error = new PluginError(PluginErrorKind.Incompatible, $"the component exports no {what}; it exports {string.Join(", ", guest.Functions)}"),
    };

    public static PluginOutcome Refused(ExhaustedResource resource, string message) =>
        new() { Error = new PluginError(PluginErrorKind.ResourceExhausted, $"resource exhausted: {message}", resource) };
}

/// <summary>Runs a tool by its name, with its parameters as JSON.</summary>
internal sealed class ToolWork(string tool, string json) : GuestWork
{
    internal static readonly string[] Execute = ["plugin#execute-tool", "clawft:plugin/plugin@0.1.0#execute-tool", "execute-tool"];

    public override string Function => "execute-tool";

    public override string Arguments => tool;

    public override int InputBytes => json.Length > int.MaxValue / 3 ? int.MaxValue : Encoding.UTF8.GetByteCount(json);

    protected override PluginOutcome Call(LiveGuest guest, HostSession session)
    {
        if (guest.Find(Execute) is not { } execute) return ToolDialect.Of(guest.Component).Call(guest, session, (tool, json));
        var result = execute.Call(ComponentValue.String(tool), ComponentValue.String(json))!.Value;
        return Answer(session, result.CasePayload!.Value.AsString(), !result.IsOk);
    }
}

/// <summary>Asks what the plugin says of itself.</summary>
internal sealed class DescribeWork : GuestWork
{
    private static readonly string[] Describe = ["plugin#describe", "clawft:plugin/plugin@0.1.0#describe", "describe"];

    protected override PluginOutcome Call(LiveGuest guest, HostSession session) =>
        guest.Find(Describe) is { } describe ? Answer(session, describe.Call()!.Value.AsString(), failed: false) : Lacks(guest, "describe");
}
