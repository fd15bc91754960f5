using ClawGrains.Components.Wasi;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>One call's side of the host functions: whose it is, when it ends, and where it is recorded.</summary>
internal sealed class HostSession(PluginRuntimeOptions options, CallScope scope, CancellationToken cancellation)
{
    /// <summary>Fuel that a host call costs its guest, so that calls and their audit records are bounded too.</summary>
    public const long CallFuel = 10_000;

    public CallScope Scope { get; } = scope;

    public CancellationToken Cancellation { get; } = cancellation;

    public PluginRuntimeOptions Options { get; } = options;

    /// <summary>Host functions that were called.</summary>
    public int HostCalls { get; private set; }

    /// <summary>Takes pieces of a chat answer; null where the call is not for one. False when nobody listens.</summary>
    public Func<string, bool>? Sink { get; init; }

    /// <summary>What the guest has of WASI; null until it asks for something.</summary>
    public WasiContext? Wasi { get; set; }

    public void CountHostCall() => HostCalls++;

    public static HostSession Of(ClawGrains.Components.HostCall call) =>
        call.Data as HostSession ?? throw new InvalidOperationException("BUG: a host function without a session.");

    public HostResult<T> Guard<T>(Store store, (string Function, string Arguments) call, Func<HostResult<T>> work)
    {
        HostCalls++;
        store.ConsumeFuel(CallFuel);
        Cancellation.ThrowIfCancellationRequested();
        var (time, start) = (Options.Time.GetUtcNow(), Options.Time.GetTimestamp());
        HostResult<T> result;
        try
        {
            result = work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            result = HostResult<T>.Failed(PluginErrorKind.Internal, "the host failed at it");
            Record(Entry(call, time, start) with { Reason = $"{e.GetType().Name}: {AuditText.Summarize(Scope.Secrets.Clean(e.Message))}" });
            return result;
        }
        catch (OperationCanceledException)
        {
            Record(Entry(call, time, start) with { Reason = "the call ended while it waited" });
            throw;
        }
        if (result.Error is { } error) result = result.WithMessage(Scope.Secrets.Clean(error.Message));
        Record(Entry(call, time, start) with { Allowed = !result.Denied, Reason = AuditText.Summarize(result.Error?.Message ?? "") });
        return result;
    }

    /// <summary>Waits for an asynchronous host function: the guest is a synchronous caller on a thread of its own.</summary>
    public static T Await<T>(Task<T> task)
    {
        if (!task.IsCompleted) GuestThread.Current?.Blocks();
#pragma warning disable VSTHRD002 // The guest's stack is on this thread; there is nothing to yield to.
        return task.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    /// <summary>Like <see cref="Await{T}"/>, without a result.</summary>
    public static void Wait(ValueTask task)
    {
        if (task.IsCompletedSuccessfully) return;
        GuestThread.Current?.Blocks();
#pragma warning disable VSTHRD002 // As in Await.
        task.AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    private AuditEntry Entry((string Function, string Arguments) call, DateTimeOffset time, long start) => new()
    {
        Time = time,
        Tenant = Scope.Tenant,
        Plugin = Scope.Plugin.Value,
        Version = Scope.Version.ToString(),
        Function = call.Function,
        Arguments = AuditText.Summarize(Scope.Secrets.Clean(call.Arguments)),
        Allowed = true,
        Duration = Options.Time.GetElapsedTime(start),
        CallId = Scope.CallId,
    };

    private void Record(AuditEntry entry) => Wait(Options.Audit.EnqueueAsync(entry, CancellationToken.None));
}
