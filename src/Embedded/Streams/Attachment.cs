using ClawGrains.Embedded.Copying;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace ClawGrains.Embedded.Streams;

/// <summary>An observer attached to a subscription, whatever the type of the items.</summary>
internal abstract class Attachment
{
    internal abstract Task DeliverAsync(StreamEvent item);

    internal abstract Task FailAsync(Exception reason);
}

/// <inheritdoc/>
internal sealed class Attachment<T>(IAsyncObserver<T> observer) : Attachment
{
    internal override Task DeliverAsync(StreamEvent item) => observer.OnNextAsync(DeepCopy.Of((T)item.Item!), new EventSequenceTokenV2(item.Sequence));

    internal override Task FailAsync(Exception reason) => observer.OnErrorAsync(reason);
}

/// <summary>An item on its way. <see cref="Row"/> is its place in the database, zero for none.</summary>
internal sealed record StreamEvent(object? Item, long Sequence, long Row);
