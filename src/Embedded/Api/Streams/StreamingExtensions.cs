using ClawGrains.Embedded.Runtime;
using ClawGrains.Embedded.Streams;
using Orleans.Streams;

namespace Orleans;

/// <summary>Streams in grains.</summary>
public static class GrainStreamingExtensions
{
    /// <summary>The stream provider of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) => ((IGrainBase)grain).GetStreamProvider(name);

    /// <inheritdoc cref="GetStreamProvider(Grain,string)"/>
    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name) => StreamProviders.Find(grain.Activation().ActivationServices, name);
}

/// <summary>Streams outside grains.</summary>
public static class ClientStreamingExtensions
{
    /// <summary>The stream provider of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) => StreamProviders.Find(client.ServiceProvider, name);
}

/// <summary>Makes every key's grain of this class a subscriber of the stream with the same key in the given namespace.
/// The grain receives through <see cref="Orleans.Streams.Core.IStreamSubscriptionObserver"/>, or by subscribing in <c>OnActivateAsync</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public class ImplicitStreamSubscriptionAttribute : Attribute
{
    /// <summary>Streams of the given namespace.</summary>
    public ImplicitStreamSubscriptionAttribute(string streamNamespace) => Namespace = streamNamespace.Trim();

    internal string Namespace { get; }
}
