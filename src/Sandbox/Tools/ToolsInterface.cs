using System.Text;
using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Tools;

/// <summary>The interface <c>clawgrains:tools/host-tools@1.0.0</c> behind its guard and in the audit.</summary>
internal sealed class ToolsInterface(HostToolCaller? caller)
{
    public const string Name = "clawgrains:tools/host-tools@1.0.0";

    public void AddTo(ComponentLinker linker) => linker.Instance(Name).Func("call-tool", Call);

    private ComponentValue? Call(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, tool, json) = (HostSession.Of(call), arguments[0].AsString(), arguments[1].AsString());
        var result = session.Guard(call.Store, ("call-tool", $"{tool} {json}"), () => Run(session, tool, json));
        return result.Error is { } e ? Error(e) : ComponentValue.Ok(ComponentValue.String(session.Scope.Secrets.Clean(result.Value!)));
    }

    private HostResult<string> Run(HostSession session, string tool, string json)
    {
        var scope = session.Scope;
        if (scope.Permissions.Tools.IsEmpty) return HostResult<string>.Deny("calling tools not permitted");
        if (!scope.Permissions.Tools.Any(t => EnvironmentRules.Like(t, tool))) return HostResult<string>.Deny($"tool not permitted: {tool}");
        if (Encoding.UTF8.GetByteCount(json) > scope.Limits.ValueBytes) return HostResult<string>.Exceeded(ExhaustedResource.Size, $"arguments larger than {scope.Limits.ValueBytes} bytes");
        if (caller is null) return HostResult<string>.Failed(PluginErrorKind.NotFound, "this host offers no tools to plugins");
        return Within(scope, HostSession.Await(Start(scope, new HostToolCall(scope.Tenant, scope.Plugin, tool, json), session.Cancellation)));
    }

    // An asynchronous method, so that the chain is set for the callee alone.
    private async Task<HostResult<string>> Start(CallScope scope, HostToolCall call, CancellationToken cancellationToken)
    {
        CallChain.Current = scope.Chain.Push(scope.Plugin);
        return await caller!(call, cancellationToken).ConfigureAwait(false);
    }

    private static HostResult<string> Within(CallScope scope, HostResult<string> result) =>
        result.Value is { } text && Encoding.UTF8.GetByteCount(text) > scope.Limits.ValueBytes
            ? HostResult<string>.Exceeded(ExhaustedResource.Size, $"result larger than {scope.Limits.ValueBytes} bytes")
            : result;

    private static ComponentValue Error(PluginError e) => ComponentValue.Error(ComponentValue.Variant(e.Kind switch
    {
        PluginErrorKind.PermissionDenied => "not-permitted",
        PluginErrorKind.NotFound => "not-found",
        PluginErrorKind.InvalidArguments => "invalid-arguments",
        PluginErrorKind.ResourceExhausted => "exhausted",
        _ => "failed",
    }, ComponentValue.String(e.Message)));
}
