using ClawGrains.Embedded.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>Carries the cancellation of the caller's token to a token of the callee's own, as a turn of the callee.</summary>
internal sealed class CallCancellation : IDisposable
{
    private readonly GrainCall _call;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;
    private volatile Activation? _activation;

    internal CallCancellation(GrainCall call, CancellationToken token)
    {
        _call = call;
        call.Arguments[call.Method.CancellationIndex] = _source.Token;
        _registration = token.UnsafeRegister(static (state, token) => ((CallCancellation)state!).OnCancelled(token), this);
    }

    internal void Started(Activation activation) => _activation = activation;

    internal void Cancel() => _activation?.Post(() => _source.Cancel());

    public void Dispose() => _registration.Unregister();

    private void OnCancelled(CancellationToken token)
    {
        _call.Cancelled(token);
        Cancel();
    }
}
