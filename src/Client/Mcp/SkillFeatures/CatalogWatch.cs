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
    private long _newest = long.MinValue;
    private bool _subscribed;

    private ICatalogGrain Catalog => client.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant));

    /// <summary>Completes when there is a snapshot with a number above <paramref name="known"/>.</summary>
    public async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken);
        while (await Catalog.GetSnapshotIfNewerAsync(known) is null)
        {
            // Running out of patience is no failure: the catalog is asked again.
            await NoticeAsync(known).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task NoticeAsync(long known)
    {
        lock (_lock) return _newest > known ? Task.CompletedTask : _notified.Task;
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (_subscribed) return;
        await _subscribing.WaitAsync(cancellationToken);
        try
        {
            if (_subscribed) return;
            var id = StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(tenant));
            await client.GetStreamProvider(StreamNames.Provider).GetStream<CatalogChanged>(id).SubscribeAsync((notice, _) => Notify(notice.Number));
            _subscribed = true;
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private Task Notify(long number)
    {
        lock (_lock)
        {
            _newest = Math.Max(_newest, number);
            var notified = _notified;
            _notified = NewSignal();
            notified.SetResult();
        }
        return Task.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
