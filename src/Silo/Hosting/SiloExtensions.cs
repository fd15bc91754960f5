using ClawGrains.Grains;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;
using ClawGrains.Silo.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
#if !REAL_ORLEANS
using ClawGrains.Embedded;
#endif

namespace ClawGrains.Silo.Hosting;

/// <summary>Puts a silo into a host.</summary>
public static class SiloExtensions
{
    /// <summary>
    /// Adds the grains and the runtime they live in. The host's <c>IGrainFactory</c> and <c>IClusterClient</c> reach them.
    /// </summary>
    public static IHostApplicationBuilder AddClawGrainsSilo(this IHostApplicationBuilder builder, SiloOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<SkillStore>();
        builder.Services.AddPlugins(options);
        builder.Services.AddClawGrains(new SettingsFile(options.DataDirectory).Skills(new CatalogOptions
        {
            Workspace = options.Workspace,
            DataDirectory = options.DataDirectory,
            BundledDirectory = options.BundledDirectory,
            KeepVersions = !options.Ephemeral,
            ReadsOnce = options.ReadsOnce,
        }));
        builder.UseOrleans(silo => silo.UseRuntime(options));
        return builder;
    }

#if REAL_ORLEANS
    // One silo on one machine. Clusters name their own clustering, storage and streams.
    private static void UseRuntime(this ISiloBuilder silo, SiloOptions options) => silo
        .UseLocalhostClustering()
        .AddMemoryGrainStorage(StorageNames.Default)
        .AddMemoryGrainStorage("PubSubStore")
        .UseInMemoryReminderService()
        .AddMemoryStreams(StreamNames.Provider);
#else
    private static void UseRuntime(this ISiloBuilder silo, SiloOptions options)
    {
        if (options.Ephemeral) silo.AddMemoryGrainStorage(StorageNames.Default).AddMemoryGrainStorage("PubSubStore");
        else silo.UseEmbeddedStorage(SiloState.PathOf(options.DataDirectory));
        silo.AddMemoryStreams(StreamNames.Provider);
    }
#endif
}
