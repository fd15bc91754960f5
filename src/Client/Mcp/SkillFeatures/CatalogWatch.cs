using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Orleans.Streams;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>
/// Knows when a tenant's catalog has a newer snapshot: from its stream at once, and in any case when asked again after
/// <see cref="Patience"/>, so that a lost notice delays a reload but never hides it.
/// </summary>
internal sealed class CatalogWatch(IClusterClient client, TenantId tenant, TimeProvider time)
{
    /// <summary>How long a notice is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _notified = NewSignal();
    private bool _subscribed;

    private ICatalogGrain Catalog => client.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant));

    /// <summary>Completes when there is a snapshot with a number above <paramref name="known"/>.</summary>
    public async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken);
        while (true)
        {
            // The next notice is awaited from before the catalog is asked, so that none is lost in between; and only a new one
            // wakes: a number that was heard of earlier says nothing of what the catalog has now.
            var next = NextNotice();
            if (await Catalog.GetSnapshotNumberAsync().WaitAsync(cancellationToken) > known) return;
            // Running out of patience is no failure: the catalog is asked again.
            await next.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

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
            var id = StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(tenant));
            await client.GetStreamProvider(StreamNames.Provider).GetStream<CatalogChanged>(id).SubscribeAsync((_, _) => Notify());
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
