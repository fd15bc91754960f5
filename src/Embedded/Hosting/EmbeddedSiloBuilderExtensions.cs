using ClawGrains.Embedded.Hosting;
using ClawGrains.Embedded.Reminders;
using ClawGrains.Embedded.Streams;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;

namespace ClawGrains.Embedded;

/// <summary>What the embedded runtime has and Orleans has not: storage in one SQLite file.</summary>
public static class EmbeddedSiloBuilderExtensions
{
    /// <summary>Keeps grain states, reminders and stream subscriptions in a SQLite file, which is made if need be.
    /// Storage names that are not given to memory are the file's, the default one included; reminders are enabled.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="path">The file. Beside it lie <c>.lock</c>, which keeps a second host away, and SQLite's <c>-wal</c>.</param>
    /// <remarks>Starting the host throws <see cref="EmbeddedStorageException"/> when the file is in use, damaged or of a later version.</remarks>
    public static ISiloBuilder UseEmbeddedStorage(this ISiloBuilder builder, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SiloServices.NamesOf(builder.Services).Path = path;
        builder.Services.TryAddSingleton<RemindersEnabled>();
        return builder;
    }

    /// <summary>Adds a stream provider whose events are stored until each subscribed grain has taken them, also over a restart.
    /// Needs <see cref="UseEmbeddedStorage"/>. Items must be [GenerateSerializer] types or plain values.</summary>
    public static ISiloBuilder AddEmbeddedStreams(this ISiloBuilder builder, string name)
    {
        StreamProviders.Add(builder.Services, new(name, Durable: true));
        return builder;
    }
}
