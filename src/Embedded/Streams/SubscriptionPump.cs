using ClawGrains.Embedded.Runtime;

namespace ClawGrains.Embedded.Streams;

/// <summary>Delivers the events of one subscription in order, each until it is taken or its time is up.</summary>
internal sealed class SubscriptionPump(StreamHub hub, Silo silo, Subscription subscription)
{
    /// <summary>How long an event is tried, as in Orleans' <c>StreamPullingAgentOptions.MaxEventDeliveryTime</c>.</summary>
    private static readonly TimeSpan MaxDeliveryTime = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Queue<StreamEvent> _events = new();
    private bool _running;
    private volatile Task _run = Task.CompletedTask;

    /// <summary>Ends when nothing is under way, and what was taken is recorded as taken.</summary>
    internal Task Idle => _run;

    internal void Add(StreamEvent item)
    {
        lock (_gate)
        {
            _events.Enqueue(item);
            if (_running)
                return;
            _running = true;
            _run = Task.Run(RunAsync);
        }
    }

    private async Task RunAsync()
    {
        while (Next() is { } item)
        {
            if (!await DeliverAsync(item).ConfigureAwait(false))
                return;
            await hub.ForgetAsync(item).ConfigureAwait(false);
        }
    }

    private StreamEvent? Next()
    {
        lock (_gate)
        {
            if (!hub.IsStopped && _events.TryDequeue(out var item))
                return item;
            _running = false;
            return null;
        }
    }

    /// <summary>False when the silo stopped before the event was taken; a durable one is delivered after the next start.</summary>
    private async Task<bool> DeliverAsync(StreamEvent item)
    {
        var begun = silo.Time.GetTimestamp();
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await hub.DeliverAsync(subscription, item, null).ConfigureAwait(false);
                return true;
            }
            catch (Exception e) when (!hub.IsStopped)
            {
                if (silo.Time.GetElapsedTime(begun) >= MaxDeliveryTime)
                {
                    await AbandonAsync(item, e).ConfigureAwait(false);
                    return true;
                }
                silo.Log.DeliveryFailed(subscription.Stream.Id, subscription.Grain.ToString(), attempt, e);
            }
            catch (Exception)
            {
                // The silo stops: nobody is there to deliver to, and nothing is lost that the provider keeps.
                return false;
            }
            if (!await PauseAsync(pause).ConfigureAwait(false))
                return false;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, silo.Time, hub.Stopping).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AbandonAsync(StreamEvent item, Exception reason)
    {
        silo.Log.DeliveryAbandoned(subscription.Stream.Id, subscription.Grain.ToString(), reason);
        try
        {
            await hub.DeliverAsync(subscription, item, reason).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            silo.Log.DeliveryAbandoned(subscription.Stream.Id, subscription.Grain.ToString(), e);
        }
    }
}
