using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Sandbox.Wasi;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>One call's side of the host functions: whose it is, when it ends, and where it is recorded.</summary>
internal sealed class HostSession(PluginRuntimeOptions options, CallScope scope, CancellationToken cancellation) : IDisposable
{
    private WasiSession? _wasi;

    /// <summary>Fuel that a host call costs its guest, so that calls and their audit records are bounded too.</summary>
    public const long CallFuel = 10_000;

    public CallScope Scope { get; } = scope;

    public CancellationToken Cancellation { get; } = cancellation;

    public PluginRuntimeOptions Options { get; } = options;

    /// <summary>Makes the call's side of WASI.</summary>
    public required Func<HostSession, WasiSession> MakeWasi { get; init; }

    /// <summary>The call's side of WASI, from when it is first used.</summary>
    public WasiSession Wasi
    {
        get
        {
            if (_wasi is not null) return _wasi;
            CountHostCall();
            return _wasi = MakeWasi(this);
        }
    }

    /// <summary>Host functions that were called.</summary>
    public int HostCalls { get; private set; }

    /// <summary>Takes pieces of a chat answer; null where the call is not for one. False when nobody listens.</summary>
    public Func<string, bool>? Sink { get; init; }

    /// <summary>Whether the guest runs on its caller's thread, where it can have nothing of the host.</summary>
    public bool IsInline { get; init; }

    /// <summary>The session of a call of a host function: each that does anything comes here first.</summary>
    /// <exception cref="NeedsThreadException">It may not be called on this thread.</exception>
    public static HostSession Of(ClawGrains.Components.HostCall call)
    {
        var session = call.Data as HostSession ?? throw new InvalidOperationException("BUG: a host function without a session.");
        session.CountHostCall();
        return session;
    }

    private void CountHostCall()
    {
        if (IsInline) throw new NeedsThreadException();
        HostCalls++;
    }

    public HostResult<T> Guard<T>(Store store, (string Function, string Arguments) call, Func<HostResult<T>> work)
    {
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

    /// <summary>Like <see cref="Guard{T}"/>, for a function that a guest need not wait for.</summary>
    public async Task<HostResult<T>> GuardAsync<T>((string Function, string Arguments) call, Func<Task<HostResult<T>>> work)
    {
        var (time, start) = (Options.Time.GetUtcNow(), Options.Time.GetTimestamp());
        var reason = "the call ended while it waited";
        var allowed = true;
        try
        {
            var result = await work().ConfigureAwait(false);
            (allowed, reason) = (!result.Denied, AuditText.Summarize(result.Error?.Message ?? ""));
            return result;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            reason = $"{e.GetType().Name}: {AuditText.Summarize(e.Message)}";
            return HostResult<T>.Failed(PluginErrorKind.Internal, "the host failed at it");
        }
        finally
        {
            await Options.Audit.EnqueueAsync(Entry(call, time, start) with { Allowed = allowed, Reason = reason }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Records a use of the system that WASI's own rules decide on.</summary>
    public void Note((string Function, string Arguments) call, string how, PluginError? refusal = null)
    {
        Record(Entry(call with { Arguments = how.Length == 0 ? call.Arguments : $"{how} {call.Arguments}" }, Options.Time.GetUtcNow(), Options.Time.GetTimestamp()) with
        {
            Allowed = refusal is null, Reason = AuditText.Summarize(refusal?.Message ?? ""),
        });
    }

    /// <summary>Waits for an asynchronous host function: the guest is a synchronous caller on this thread.</summary>
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

    /// <summary>Closes what the guest had open through WASI.</summary>
    public void Dispose() => _wasi?.Dispose();
}
