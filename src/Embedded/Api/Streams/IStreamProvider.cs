using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A set of streams. A stream always exists; nothing creates or removes it.</summary>
public interface IStreamProvider
{
    /// <summary>The name of the provider.</summary>
    string Name { get; }

    /// <summary>Whether subscriptions can begin in the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The stream of that identity.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

/// <summary>Shorter ways to a stream.</summary>
public static class StreamProviderExtensions
{
    /// <summary>The stream of that namespace and key.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));

    /// <summary>The stream of that namespace and key.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, Guid id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));
}
