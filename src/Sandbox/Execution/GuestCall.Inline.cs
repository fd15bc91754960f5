using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Execution;

/// <content>
/// The same on the caller's thread, for a guest that is likely to be done before another thread would have begun. It gets
/// a slice of fuel and nothing of the host, so that it can be stopped at any point as if it had not begun.
/// </content>
internal sealed partial class GuestCall
{
    /// <summary>
    /// Runs a kept guest here. Null where it did not come to its end properly, or there was none: nothing has happened then, and
    /// the call is for a thread.
    /// </summary>
    /// <param name="slice">Fuel that it may use.</param>
    public Task<PluginOutcome>? TryRunHere(long slice)
    {
        if (Cancellation.IsCancellationRequested || runtime.Warm.Take(Key) is not { } guest) return null;
        var (time, start) = (runtime.Options.Time, runtime.Options.Time.GetTimestamp());
        if (TryRun(guest, slice) is not { } outcome || !guest.TryClean())
        {
            plugin.Loaded.Pace.NoteSlow();
            guest.Dispose();
            return null;
        }
        runtime.Warm.Return(Key, guest);
        outcome = outcome with { Duration = time.GetElapsedTime(start) };
        plugin.Loaded.Pace.Note(outcome, hostCalls: 0);
        return RecordedAsync(outcome);
    }

    private PluginOutcome? TryRun(LiveGuest guest, long slice)
    {
        var fuel = Math.Min(Limits.Fuel, guest.StartFuel + slice);
        using var session = new HostSession(runtime.Options, scope, Cancellation) { IsInline = true, Sink = work.Sink, MakeWasi = runtime.MakeWasi };
        if (!guest.TryBegin(fuel, session)) return null;
        try
        {
            var outcome = work.Run(guest, session);
            return outcome.Error is null ? outcome with { FuelUsed = fuel - guest.Store.Fuel } : null;
        }
        catch (Exception e) when (e is NeedsThreadException or PluginException || Endings.Of(e, Limits, false) is not null)
        {
            return null;
        }
    }
}
