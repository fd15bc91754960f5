using ClawGrains.Interfaces;
using Orleans.Streams;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>
/// Knows when there is something newer: from a stream of notices at once, and in any case when asked again after a while,
/// so that a lost notice delays a change but never hides it.
/// </summary>
/// <param name="client">Reaches the grains and the stream.</param>
/// <param name="stream">The stream of notices.</param>
/// <param name="patience">How long a notice is waited for.</param>
/// <param name="time">The clock of the patience.</param>
internal abstract class ChangeWatch<TNotice>(IClusterClient client, StreamId stream, TimeSpan patience, TimeProvider time)
{
    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _notified = NewSignal();
    private bool _subscribed;

    protected IClusterClient Client => client;

    /// <summary>Completes when there is something with a number above <paramref name="known"/>.</summary>
    public async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken);
        while (true)
        {
            // The next notice is awaited from before the grain is asked, so that none is lost in between; and only a new one
            // wakes: a number that was heard of earlier says nothing of what the grain has now.
            var next = NextNotice();
            if (await HasNewerAsync(known).WaitAsync(cancellationToken)) return;
            // Running out of patience is no failure: the grain is asked again.
            await next.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whether there is something with a number above <paramref name="known"/> now.</summary>
    protected abstract Task<bool> HasNewerAsync(long known);

    private Task NextNotice()
    {
        lock (_lock) return _notified.Task;
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (_subscribed) return;
        await _subscribing.WaitAsync(cancellationToken);
        try
        {
            if (_subscribed) return;
            await client.GetStreamProvider(StreamNames.Provider).GetStream<TNotice>(stream).SubscribeAsync((_, _) => Notify());
            _subscribed = true;
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private Task Notify()
    {
        lock (_lock)
        {
            var notified = _notified;
            _notified = NewSignal();
            notified.SetResult();
        }
        return Task.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
