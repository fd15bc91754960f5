using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Hosting;

/// <summary>Starts the silo with the host and stops it with the host.</summary>
internal sealed class SiloService(IServiceProvider services, GrainRuntime runtime, IOptions<SiloMessagingOptions> messaging) : IHostedService
{
    private Silo? _silo;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.OutgoingFilters = [.. services.GetServices<IOutgoingGrainCallFilter>()];
        runtime.ResponseTimeout = messaging.Value.ResponseTimeout;
        runtime.CancelOnTimeout = messaging.Value.CancelRequestOnTimeout;
        _silo = new Silo(services, runtime, new GrainClasses(GrainAssemblies.Discover()));
        try
        {
            await _silo.StartAsync(cancellationToken).ConfigureAwait(false);
            runtime.Silo = _silo;
            foreach (var task in services.GetServices<IStartupTask>())
                await task.Execute(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await _silo.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _silo?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
