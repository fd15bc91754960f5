using System.Collections.Concurrent;
using ClawGrains.Embedded.Runtime;
using ClawGrains.Embedded.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Streams;

/// <summary>Brings the items of all streams to their subscribers: at least once, in order per stream and subscriber.</summary>
internal sealed class StreamHub
{
    private readonly ConcurrentDictionary<Guid, Subscription> _explicit = new();
    private readonly ConcurrentDictionary<StreamKey, Subscription[]> _byStream = new();
    private readonly ConcurrentDictionary<Guid, SubscriptionPump> _pumps = new();
    private readonly ConcurrentDictionary<Guid, Attachment> _clients = new();
    private readonly Dictionary<string, GrainClass[]> _implicit;
    private readonly Dictionary<string, StreamProviderOptions> _providers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Silo _silo;
    private StreamTable? _table;
    private long _sequence;

    internal StreamHub(Silo silo)
    {
        _silo = silo;
        _sequence = silo.Time.GetUtcNow().UtcTicks;
        _providers = silo.Services.GetServices<StreamProviderOptions>().DistinctBy(o => o.Name).ToDictionary(o => o.Name, StringComparer.Ordinal);
        _implicit = silo.Classes.All.SelectMany(c => c.ImplicitNamespaces.Select(ns => (ns, c)))
            .GroupBy(pair => pair.ns, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.c).Distinct().ToArray(), StringComparer.Ordinal);
    }

    internal bool IsStopped => _stopping.IsCancellationRequested;

    internal CancellationToken Stopping => _stopping.Token;

    internal async Task StartAsync(CancellationToken token)
    {
        if (_providers.Count > 0 && !_silo.Storages.Has(StorageNames.PubSub))
            throw new OrleansConfigurationException("Streams need a grain storage named \"PubSubStore\" for their subscriptions: add AddMemoryGrainStorage(\"PubSubStore\") or UseEmbeddedStorage.");
        if (_providers.Values.FirstOrDefault(p => p.Durable) is { } durable && _silo.Storages.Database is null)
            throw new OrleansConfigurationException($"The stream provider '{durable.Name}' keeps its events in the database: add UseEmbeddedStorage.");
        if (_silo.Storages.Database is not { } database || _silo.Storages.Find(StorageNames.PubSub, GetType()) is MemoryStateStore)
            return;
        _table = new(database);
        foreach (var subscription in await _table.ReadSubscriptionsAsync().WaitAsync(token).ConfigureAwait(false))
            Add(subscription);
        foreach (var (subscription, item) in await _table.ReadPendingAsync().WaitAsync(token).ConfigureAwait(false))
            PumpOf(subscription).Add(item);
    }

    internal void Stop() => _stopping.Cancel();

    /// <summary>Ends when no delivery is under way any more. Call <see cref="Stop"/> first.</summary>
    internal Task IdleAsync() => Task.WhenAll(_pumps.Values.Select(pump => pump.Idle));

    /// <summary>Ends when every event is on its way and, with a durable provider, stored.</summary>
    internal async Task PublishAsync(StreamKey stream, IReadOnlyList<object?> items)
    {
        var subscribers = SubscribersOf(stream);
        foreach (var item in items)
        {
            var sequence = Interlocked.Increment(ref _sequence);
            var rows = _table is not null && _providers[stream.Provider].Durable
                ? await _table.StoreAsync(subscribers, item, sequence).ConfigureAwait(false)
                : null;
            for (var i = 0; i < subscribers.Count; i++)
                PumpOf(subscribers[i]).Add(new(item, sequence, rows?[i] ?? 0));
        }
    }

    internal async Task<Subscription> SubscribeAsync(StreamKey stream, Attachment attachment)
    {
        var subscription = ImplicitOf(stream, RuntimeContext.Current) ?? new Subscription(Guid.NewGuid(), stream, RuntimeContext.Current?.GrainId ?? default);
        Attach(subscription, attachment);
        if (!IsImplicit(subscription))
        {
            if (_table is not null && !subscription.IsClient)
                await _table.AddAsync(subscription);
            Add(subscription);
        }
        return subscription;
    }

    internal async Task UnsubscribeAsync(Subscription subscription)
    {
        RuntimeContext.Current?.Attachments.Remove(subscription.Id);
        _clients.TryRemove(subscription.Id, out _);
        if (!_explicit.TryRemove(subscription.Id, out _))
            return;
        _byStream.AddOrUpdate(subscription.Stream, [], (_, all) => [.. all.Where(other => other.Id != subscription.Id)]);
        _pumps.TryRemove(subscription.Id, out _);
        if (_table is not null && !subscription.IsClient)
            await _table.RemoveAsync(subscription);
    }

    internal void Attach(Subscription subscription, Attachment attachment)
    {
        if (subscription.IsClient)
            _clients[subscription.Id] = attachment;
        else if (RuntimeContext.Current is { } activation && activation.GrainId == subscription.Grain)
            activation.Attachments[subscription.Id] = attachment;
        else
            throw new InvalidOperationException($"The subscription belongs to {subscription.Grain} and can only be used in its turns.");
    }

    internal IEnumerable<Subscription> SubscriptionsOfCaller(StreamKey stream)
    {
        var caller = RuntimeContext.Current;
        var own = _byStream.GetValueOrDefault(stream, []).Where(s => caller is null ? s.IsClient : s.Grain == caller.GrainId);
        return ImplicitOf(stream, caller) is { } @implicit ? own.Prepend(@implicit) : own;
    }

    /// <summary>Brings one event, or the news that it can't be delivered, to the subscriber and waits for it.</summary>
    internal Task DeliverAsync(Subscription subscription, StreamEvent item, Exception? failure)
    {
        if (subscription.IsClient)
            return _clients.TryGetValue(subscription.Id, out var attachment) ? failure is null ? attachment.DeliverAsync(item) : attachment.FailAsync(failure) : Task.CompletedTask;
        if (!IsImplicit(subscription) && !_explicit.ContainsKey(subscription.Id))
            return Task.CompletedTask;
        var delivery = new StreamDelivery(this, subscription, item, failure);
        _silo.Dispatch(delivery, subscription.Grain);
        return delivery.Done;
    }

    internal Task ForgetAsync(StreamEvent item) => _table is null || item.Row == 0 ? Task.CompletedTask : _table.ForgetAsync(item.Row);

    private SubscriptionPump PumpOf(Subscription subscription) =>
        _pumps.TryGetValue(subscription.Id, out var pump) ? pump : _pumps.GetOrAdd(subscription.Id, _ => new(this, _silo, subscription));

    private void Add(Subscription subscription)
    {
        _explicit[subscription.Id] = subscription;
        _byStream.AddOrUpdate(subscription.Stream, [subscription], (_, all) => [.. all, subscription]);
    }

    private List<Subscription> SubscribersOf(StreamKey stream)
    {
        var all = new List<Subscription>(_byStream.GetValueOrDefault(stream, []));
        foreach (var grainClass in _implicit.GetValueOrDefault(stream.Id.GetNamespace() ?? "", []))
            all.Add(ImplicitSubscription(stream, grainClass));
        return all;
    }

    private Subscription? ImplicitOf(StreamKey stream, Activation? activation) =>
        activation is not null && stream.Id.GetKeyAsString() == activation.GrainId.Key.Text && activation.Class.ImplicitNamespaces.Contains(stream.Id.GetNamespace())
            ? ImplicitSubscription(stream, activation.Class)
            : null;

    private static Subscription ImplicitSubscription(StreamKey stream, GrainClass grainClass) =>
        new(stream.ImplicitSubscription(grainClass.GrainType), stream, GrainId.Create(grainClass.GrainType, stream.Id.GetKeyAsString()));

    private static bool IsImplicit(Subscription subscription) =>
        !subscription.IsClient && subscription.Id == subscription.Stream.ImplicitSubscription(subscription.Grain.Type);
}
