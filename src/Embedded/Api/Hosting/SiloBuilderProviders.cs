using ClawGrains.Embedded.Hosting;
using ClawGrains.Embedded.Reminders;
using ClawGrains.Embedded.Storage;
using ClawGrains.Embedded.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Orleans.Hosting;

/// <summary>Storage that lasts as long as the silo.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Adds a storage of that name in memory.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name)
    {
        SiloServices.NamesOf(builder.Services).InMemory.Add(name);
        return builder;
    }

    /// <summary>Makes memory the default storage.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) => builder.AddMemoryGrainStorage(StorageNames.Default);
}

/// <summary>Reminders that last as long as the silo.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Adds reminders, kept in memory unless the silo has a database.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton<RemindersEnabled>();
        return builder;
    }
}

/// <summary>Streams whose events last as long as the silo.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds a stream provider of that name. Needs a grain storage named <c>PubSubStore</c>.</summary>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name)
    {
        StreamProviders.Add(builder.Services, new(name, Durable: false));
        return builder;
    }
}

/// <summary>Streams of a client.</summary>
public static class ClientBuilderStreamingExtensions
{
    /// <summary>Adds the stream provider of that name.</summary>
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name)
    {
        StreamProviders.Add(builder.Services, new(name, Durable: false));
        return builder;
    }
}

/// <summary>Work at the start.</summary>
public static class SiloBuilderStartupExtensions
{
    /// <summary>Runs the function when the silo is ready for calls; its failure fails the start of the host.</summary>
    public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask)
    {
        builder.Services.AddSingleton<Orleans.Runtime.IStartupTask>(services => new StartupFunction(services, startupTask));
        return builder;
    }

    /// <summary>Runs the task when the silo is ready for calls; its failure fails the start of the host.</summary>
    public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder) where TStartup : class, Orleans.Runtime.IStartupTask
    {
        builder.Services.AddSingleton<Orleans.Runtime.IStartupTask, TStartup>();
        return builder;
    }
}
