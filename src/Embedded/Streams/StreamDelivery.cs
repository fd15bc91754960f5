using ClawGrains.Embedded.Runtime;
using Orleans.Streams.Core;

namespace ClawGrains.Embedded.Streams;

/// <summary>One item for one grain, as a request.</summary>
internal sealed class StreamDelivery(StreamHub hub, Subscription subscription, StreamEvent item, Exception? failure) : Work
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task Done => _done.Task;

    internal override void Start(Activation activation) => _ = DeliverAsync(activation);

    internal override void Reject(Exception reason) => _done.TrySetException(reason);

    private async Task DeliverAsync(Activation activation)
    {
        try
        {
            if (await FindAsync(activation) is { } attachment)
                await (failure is null ? attachment.DeliverAsync(item) : attachment.FailAsync(failure));
            else
                activation.Silo.Log.NoObserver(activation.GrainId.ToString(), subscription.Stream.Id);
            activation.Finished(this);
            _done.TrySetResult();
        }
        catch (Exception e)
        {
            activation.Finished(this);
            _done.TrySetException(e);
        }
    }

    private async Task<Attachment?> FindAsync(Activation activation)
    {
        if (activation.Attachments.TryGetValue(subscription.Id, out var attachment))
            return attachment;
        if (activation.GrainInstance is not IStreamSubscriptionObserver observer)
            return null;
        await observer.OnSubscribed(new HandleFactory(hub, subscription));
        return activation.Attachments.GetValueOrDefault(subscription.Id);
    }
}
