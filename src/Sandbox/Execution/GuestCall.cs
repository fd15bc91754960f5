using ClawGrains.Components;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>One call of one plugin, from the moment a thread takes it to its record in the audit.</summary>
internal sealed partial class GuestCall(PluginRuntime runtime, PreparedPlugin plugin, CallScope scope, GuestWork work) : GuestJob
{
    private CancellationTokenSource? _ending;
    private LiveGuest? _guest;
    private volatile bool _aborted;
    private long _due;

    private PluginLimits Limits => scope.Limits;

    private WarmKey Key => new(scope.Tenant, scope.Plugin, plugin.Loaded, Limits.MemoryMegabytes, Limits.TableElements);

    public override long Due => Volatile.Read(ref _due);

    public override void Abort()
    {
        _aborted = true;
        Interlocked.MemoryBarrier();
        try
        {
            Volatile.Read(ref _ending)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself just now.
        }
    }

    public override PluginOutcome Run()
    {
        if (TryCompile(out var component) is { } refused) return HostSession.Await(RecordedAsync(new PluginOutcome { Error = refused }));
        var (time, start) = (runtime.Options.Time, runtime.Options.Time.GetTimestamp());
        var ending = CallEnd.Take(Limits.Time, time);
        if (time == TimeProvider.System) Volatile.Write(ref _due, start + (long)(Limits.Time.TotalSeconds * time.TimestampFrequency));
        Interlocked.Exchange(ref _ending, ending);
        if (_aborted) ending.Cancel();
        var (outcome, fuel, hostCalls) = Run(component!, ending);
        // A full fence, here and in Abort: whoever aborts finds no source that is kept for another call, or is found out.
        Interlocked.Exchange(ref _ending, null);
        CallEnd.Return(ending, mayKeep: hostCalls == 0 && !_aborted);
        outcome = outcome with { FuelUsed = fuel, Duration = time.GetElapsedTime(start) };
        plugin.Loaded.Pace.Note(outcome, hostCalls);
        return HostSession.Await(RecordedAsync(outcome));
    }

    private (PluginOutcome Outcome, long Fuel, int HostCalls) Run(Component component, CancellationTokenSource ending)
    {
        using var cancelled = Cancellation.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), ending);
        using var session = new HostSession(runtime.Options, scope, ending.Token) { Sink = work.Sink, MakeWasi = runtime.MakeWasi };
        var (outcome, fuel) = Enter(component, session);
        return (outcome, fuel, session.HostCalls);
    }

    // Not on the guest's time: the first call of a plugin compiles it, and calls beside it wait for that.
    private PluginError? TryCompile(out Component? component)
    {
        component = null;
        try
        {
            component = plugin.Loaded.Component;
            return null;
        }
        catch (Exception e) when (Endings.Of(e, Limits, cancelledByCaller: false) is not null)
        {
            return Endings.Of(e, Limits, cancelledByCaller: false);
        }
    }

    private (PluginOutcome Outcome, long Fuel) Enter(Component component, HostSession session)
    {
        TakeWarm(session);
        var store = _guest?.Store ?? LiveGuest.NewStore(runtime.Engine, Limits);
        PluginOutcome outcome;
        using (session.Cancellation.UnsafeRegister(static s => ((Store)s!).Interrupt("time"), store)) outcome = Run(component, store, session);
        var fuel = Limits.Fuel - store.Fuel;
        if (outcome.Error is null && _guest!.TryClean()) runtime.Warm.Return(Key, _guest);
        else if (_guest is not null) _guest.Dispose();
        else store.Dispose();
        return (outcome, fuel);
    }

    private void TakeWarm(HostSession session)
    {
        _guest = runtime.Warm.Take(Key);
        if (_guest is null || _guest.TryBegin(Limits.Fuel, session)) return;
        _guest.Dispose();
        _guest = null;
    }

    private PluginOutcome Run(Component component, Store store, HostSession session)
    {
        try
        {
            _guest ??= LiveGuest.Make(runtime.Linker, component, store, session);
            return work.Run(_guest, session);
        }
        catch (PluginException e)
        {
            return new PluginOutcome { Error = e.Error };
        }
        catch (Exception e) when (Endings.Of(e, Limits, Cancellation.IsCancellationRequested) is not null)
        {
            return new PluginOutcome { Error = Endings.Of(e, Limits, Cancellation.IsCancellationRequested) };
        }
    }

    private async Task<PluginOutcome> RecordedAsync(PluginOutcome outcome)
    {
        if (work.Function is not { } function) return outcome;
        try
        {
            await runtime.Options.Audit.EnqueueAsync(new AuditEntry
            {
                Time = runtime.Options.Time.GetUtcNow(),
                Tenant = scope.Tenant,
                Plugin = scope.Plugin.Value,
                Version = plugin.Version,
                Function = function,
                Arguments = plugin.Summarize(work.Arguments),
                Allowed = true,
                Reason = outcome.Error?.Code ?? (outcome.ToolError is null ? "" : "tool error"),
                Duration = outcome.Duration,
                CallId = scope.CallId,
            }, CancellationToken.None).ConfigureAwait(false);
            return outcome;
        }
        catch (IOException e)
        {
            // What can't be recorded must not look as if it had been done properly.
            return outcome with { Result = null, ToolError = null, Error = new PluginError(PluginErrorKind.Internal, e.Message) };
        }
    }
}
