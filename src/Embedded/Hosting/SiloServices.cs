using System.Net;
using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Runtime;
using ClawGrains.Embedded.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Hosting;

/// <summary>Adds the runtime to a host, once.</summary>
internal static class SiloServices
{
    internal static SiloBuilder Add(IServiceCollection services, IConfiguration configuration)
    {
        var builder = new SiloBuilder(services, configuration);
        if (services.Any(s => s.ServiceType == typeof(GrainRuntime)))
            return builder;
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GrainRuntime>();
        services.AddSingleton(NamesOf(services));
        services.AddSingleton<StateStores>();
        services.AddSingleton<ILocalSiloDetails, LocalSiloDetails>();
        services.AddSingleton<IGrainFactory>(provider => new GrainFactory(provider.GetRequiredService<GrainRuntime>()));
        services.AddSingleton<IClusterClient>(provider => new ClusterClient(provider.GetRequiredService<GrainRuntime>(), provider));
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddScoped<IGrainContext>(_ => RuntimeContext.Current ?? throw new InvalidOperationException("There is no grain context outside grains."));
        services.AddHostedService<SiloService>();
        return builder;
    }

    /// <summary>What is known of storages while the services are put together.</summary>
    internal static StorageNames NamesOf(IServiceCollection services)
    {
        var known = services.FirstOrDefault(s => s.ServiceType == typeof(StorageNames))?.ImplementationInstance;
        return known as StorageNames ?? new StorageNames();
    }

    private sealed class GrainContextAccessor : IGrainContextAccessor
    {
        public IGrainContext GrainContext => RuntimeContext.Current!;
    }

    private sealed class LocalSiloDetails(IOptions<ClusterOptions> cluster, IOptions<SiloOptions> silo) : ILocalSiloDetails
    {
        public string Name => silo.Value.SiloName ?? "Embedded";

        public string ClusterId => cluster.Value.ClusterId;

        public string DnsHostName => Dns.GetHostName();

        public SiloAddress SiloAddress { get; } = SiloAddress.New(new(IPAddress.Loopback, 0), Environment.ProcessId);
    }
}
