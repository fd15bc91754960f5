using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace ClawGrains.Embedded.Streams;

/// <summary>A subscription in the hands of its owner.</summary>
internal sealed class StreamHandle<T>(StreamHub hub, Subscription subscription) : StreamSubscriptionHandle<T>
{
    public override Guid HandleId => subscription.Id;

    public override string ProviderName => subscription.Stream.Provider;

    public override StreamId StreamId => subscription.Stream.Id;

    public override Task UnsubscribeAsync() => hub.UnsubscribeAsync(subscription);

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Tokens.Refuse(token);
        hub.Attach(subscription, new Attachment<T>(observer));
        return Task.FromResult<StreamSubscriptionHandle<T>>(new StreamHandle<T>(hub, subscription));
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other is not null && HandleId == other.HandleId;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => HandleId.GetHashCode();

    public override string ToString() => $"{subscription.Stream.Id} → {HandleId}";
}

/// <summary>Makes the handle of a subscription when the type of the items is known.</summary>
internal sealed class HandleFactory(StreamHub hub, Subscription subscription) : IStreamSubscriptionHandleFactory
{
    public StreamId StreamId => subscription.Stream.Id;

    public string ProviderName => subscription.Stream.Provider;

    public StreamSubscriptionHandle<T> Create<T>() => new StreamHandle<T>(hub, subscription);
}

internal static class Tokens
{
    /// <summary>Streams here begin now; there is no past to begin in.</summary>
    internal static void Refuse(StreamSequenceToken? token)
    {
        if (token is not null)
            throw new ArgumentNullException(nameof(token), "Passing a non-null token to a non-rewindable stream.");
    }
}
