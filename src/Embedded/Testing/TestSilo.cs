using ClawGrains.Embedded.Calls;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace ClawGrains.Embedded.Testing;

/// <summary>The silo of a test cluster with its host.</summary>
internal sealed class TestSilo(InProcessTestClusterOptions options)
{
    internal InProcessSiloHandle? Handle { get; private set; }

    internal GrainRuntime Runtime => Handle!.ServiceProvider.GetRequiredService<GrainRuntime>();

    internal async Task StartAsync()
    {
        var specific = new InProcessTestSiloSpecificOptions();
        var builder = Host.CreateEmptyApplicationBuilder(new() { Configuration = new ConfigurationManager() });
        builder.UseOrleans(silo => silo.Services.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId)));
        builder.Services.Configure<SiloOptions>(silo => silo.SiloName = specific.SiloName);
        foreach (var configure in options.SiloHostConfigurationDelegates)
            configure(specific, builder);
        var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        Handle = new(specific.SiloName, host);
    }

    internal Task StopAsync() => Handle?.StopAsync() ?? Task.CompletedTask;

    internal async Task DeactivateAsync(GrainId id)
    {
        if (!Runtime.Silo.Catalog.TryFind(id, out var target))
            return;
        foreach (var activation in target!.Activations)
        {
            activation.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "Requested by the test."));
            await activation.Deactivated.ConfigureAwait(false);
        }
    }
}

/// <summary>The client of a test cluster: its own services, filters and time-outs, and the silo's grains.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly GrainRuntime _runtime = new();

    internal TestClient(InProcessTestClusterOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { Configuration = new ConfigurationManager() });
        foreach (var configure in options.ClientHostConfigurationDelegates)
            configure(builder);
        builder.Services.AddSingleton(_runtime);
        foreach (var configure in options.ClientConfiguration)
            configure(new Hosting.ClientBuilder(builder.Services, builder.Configuration));
        _host = builder.Build();
        Client = new Hosting.ClusterClient(_runtime, _host.Services);
        var messaging = _host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<ClientMessagingOptions>>().Value;
        _runtime.OutgoingFilters = [.. _host.Services.GetServices<IOutgoingGrainCallFilter>()];
        (_runtime.ResponseTimeout, _runtime.CancelOnTimeout) = (messaging.ResponseTimeout, messaging.CancelRequestOnTimeout);
    }

    internal IClusterClient Client { get; }

    internal void Connect(TestSilo silo) => _runtime.Silo = silo.Runtime.Silo;

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        return ValueTask.CompletedTask;
    }
}
