using ClawGrains.Embedded.Calls;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;

namespace ClawGrains.Embedded.Streams;

/// <summary>A stream provider as it was configured.</summary>
internal sealed record StreamProviderOptions(string Name, bool Durable);

/// <summary>The streams of one name.</summary>
internal sealed class EmbeddedStreamProvider(GrainRuntime runtime, string name) : IStreamProvider
{
    public string Name => name;

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new EmbeddedStream<T>(runtime, new(name, streamId));
}

internal static class StreamProviders
{
    internal static IStreamProvider Find(IServiceProvider services, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.GetKeyedService<IStreamProvider>(name)
            ?? throw new KeyNotFoundException($"Stream provider '{name}' not found. Add one with AddMemoryStreams(\"{name}\").");
    }

    internal static void Add(IServiceCollection services, StreamProviderOptions options)
    {
        services.AddSingleton(options);
        services.AddKeyedSingleton<IStreamProvider>(options.Name, (provider, _) => new EmbeddedStreamProvider(provider.GetRequiredService<GrainRuntime>(), options.Name));
    }
}
