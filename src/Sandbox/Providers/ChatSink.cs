using ClawGrains.Components;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Providers;

/// <summary>
/// The interface <c>clawgrains:providers/chat-sink@1.0.0</c>: where a provider's answer goes. It is the answer itself, no
/// access to anything, so pieces cost fuel and leave no record; the call as a whole does.
/// </summary>
internal static class ChatSink
{
    private const long Fuel = 1_000;

    public static void AddTo(ComponentLinker linker) => linker.Instance("clawgrains:providers/chat-sink@1.0.0").Func("push", Push);

    private static ComponentValue? Push(HostCall call, ReadOnlySpan<ComponentValue> arguments)
    {
        var session = HostSession.Of(call);
        call.Store.ConsumeFuel(Fuel);
        session.Cancellation.ThrowIfCancellationRequested();
        return ComponentValue.Bool(session.Sink?.Invoke(session.Scope.Secrets.Clean(arguments[0].AsString())) ?? false);
    }
}
