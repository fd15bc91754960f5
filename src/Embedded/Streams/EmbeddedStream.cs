using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Copying;
using Orleans.Runtime;
using Orleans.Streams;

namespace ClawGrains.Embedded.Streams;

/// <summary>A stream as its users see it.</summary>
internal sealed class EmbeddedStream<T>(GrainRuntime runtime, StreamKey key) : IAsyncStream<T>
{
    public bool IsRewindable => false;

    public string ProviderName => key.Provider;

    public StreamId StreamId => key.Id;

    private StreamHub Hub => runtime.Silo.Streams;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        Tokens.Refuse(token);
        return Hub.PublishAsync(key, [DeepCopy.Of(item)]);
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        Tokens.Refuse(token);
        return Hub.PublishAsync(key, [.. batch.Select(item => (object?)DeepCopy.Of(item))]);
    }

    public Task OnCompletedAsync() => throw new NotSupportedException("A stream doesn't end; Orleans doesn't implement OnCompletedAsync for it either.");

    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("A stream doesn't fail as a whole; Orleans doesn't implement OnErrorAsync for it either.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(observer, null);

    public async Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Tokens.Refuse(token);
        return new StreamHandle<T>(Hub, await Hub.SubscribeAsync(key, new Attachment<T>(observer)).ConfigureAwait(false));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        Task.FromResult<IList<StreamSubscriptionHandle<T>>>([.. Hub.SubscriptionsOfCaller(key).Select(subscription => new StreamHandle<T>(Hub, subscription))]);

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.ProviderName == ProviderName && other.StreamId == StreamId;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => key.GetHashCode();

    public override string ToString() => $"{ProviderName}:{StreamId}";
}
