using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Orleans.Streams;

namespace ClawGrains.Client.Mcp.PluginFeatures;

/// <summary>
/// Knows when a tenant has a newer listing of plugins: from its stream at once, and in any case when asked again after
/// <see cref="Patience"/>, by which steps that other processes take on the same data directory are noticed too.
/// </summary>
internal sealed class PluginWatch(IClusterClient client, TenantId tenant, TimeProvider time)
{
    /// <summary>How long a notice is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _subscribing = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _notified = NewSignal();
    private bool _subscribed;

    private IPluginRegistryGrain Registry => client.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant));

    /// <summary>Completes when there is a listing with a number above <paramref name="known"/>.</summary>
    public async Task WaitAsync(long known, CancellationToken cancellationToken)
    {
        await SubscribeAsync(cancellationToken);
        while (true)
        {
            var notice = Notice();
            if (await Registry.ListIfNewerAsync(known) is not null) return;
            // Running out of patience is no failure: the registry is asked again.
            await notice.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task Notice()
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
            var id = StreamId.Create(StreamNames.PluginsChanged, GrainKeys.Of(tenant));
            await client.GetStreamProvider(StreamNames.Provider).GetStream<PluginsChanged>(id).SubscribeAsync((_, _) => Notify());
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
