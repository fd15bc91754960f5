using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.State;

/// <summary>The interface <c>clawgrains:state/store@1.0.0</c> behind its guard and in the audit.</summary>
internal sealed class StateInterface(GuardedState state)
{
    public const string Name = "clawgrains:state/store@1.0.0";

    public void AddTo(ComponentLinker linker) =>
        linker.Instance(Name).Func("get", Get).Func("set", Set).Func("delete", Delete).Func("list-keys", List);

    private ComponentValue? Get(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, key) = (HostSession.Of(call), arguments[0].AsString());
        var result = session.Guard(call.Store, ("state-get", key), () => Await(state.GetAsync(session.Scope, key, session.Cancellation)));
        return result.Error is { } e ? Error(e)
            : ComponentValue.Ok(result.Value is { } value ? ComponentValue.Some(ComponentValue.Bytes(value)) : ComponentValue.None);
    }

    private ComponentValue? Set(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, key, value) = (HostSession.Of(call), arguments[0].AsString(), arguments[1].AsBytes());
        var result = session.Guard(call.Store, ("state-set", $"{key} ({value.Length} bytes)"), () => Await(state.SetAsync(session.Scope, key, value, session.Cancellation)));
        return result.Error is { } e ? Error(e) : ComponentValue.Ok();
    }

    private ComponentValue? Delete(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var (session, key) = (HostSession.Of(call), arguments[0].AsString());
        var result = session.Guard(call.Store, ("state-delete", key), () => Await(state.DeleteAsync(session.Scope, key, session.Cancellation)));
        return result.Error is { } e ? Error(e) : ComponentValue.Ok(ComponentValue.Bool(result.Value));
    }

    private ComponentValue? List(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var session = HostSession.Of(call);
        var range = (Prefix: arguments[0].AsString(), After: arguments[1].CasePayload?.AsString());
        var limit = arguments[2].AsU32();
        var result = session.Guard(call.Store, ("state-list-keys", range.Prefix), () => Await(state.ListAsync(session.Scope, range, limit, session.Cancellation)));
        return result.Error is { } e ? Error(e) : ComponentValue.Ok(ComponentValue.List([.. result.Value!.Select(ComponentValue.String)]));
    }

    private static HostResult<T> Await<T>(ValueTask<HostResult<T>> task) => HostSession.Await(task.AsTask());

    private static ComponentValue Error(PluginError e) => ComponentValue.Error(ComponentValue.Variant(e.Kind switch
    {
        PluginErrorKind.PermissionDenied => "not-permitted",
        PluginErrorKind.ResourceExhausted => "quota-exceeded",
        PluginErrorKind.InvalidArguments => "invalid-key",
        _ => "failed",
    }, ComponentValue.String(e.Message)));
}
