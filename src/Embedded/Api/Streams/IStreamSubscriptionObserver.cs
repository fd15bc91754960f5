using Orleans.Runtime;

namespace Orleans.Streams.Core;

/// <summary>A grain that is told of subscriptions to which no observer is attached.</summary>
public interface IStreamSubscriptionObserver
{
    /// <summary>Called before the first delivery to an activation; attach an observer through the handle.</summary>
    Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
}

/// <summary>Makes the handle of one subscription.</summary>
public interface IStreamSubscriptionHandleFactory
{
    /// <summary>The stream.</summary>
    StreamId StreamId { get; }

    /// <summary>The name of the provider.</summary>
    string ProviderName { get; }

    /// <summary>The handle.</summary>
    StreamSubscriptionHandle<T> Create<T>();
}
