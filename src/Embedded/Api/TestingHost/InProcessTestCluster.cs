using System.Collections.ObjectModel;
using ClawGrains.Embedded.Testing;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo and a client in this process, for tests.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable
{
    private readonly TestSilo _silo;
    private TestClient? _client;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        Options = options;
        _silo = new(options);
    }

    /// <summary>What it is made of.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The client, once it is deployed.</summary>
    public IClusterClient Client => _client?.Client ?? throw new InvalidOperationException($"Call {nameof(DeployAsync)} first.");

    /// <summary>The silos.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos => new(_silo.Handle is { } handle ? [handle] : []);

    /// <summary>Starts silo and client.</summary>
    public async Task DeployAsync()
    {
        await _silo.StartAsync().ConfigureAwait(false);
        _client ??= new(Options);
        _client.Connect(_silo);
    }

    /// <summary>The services of the silo.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) => _silo.Handle?.ServiceProvider
        ?? throw new InvalidOperationException("No silo is running.");

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>Stops the silo and starts it again with the same configuration.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        if (!ReferenceEquals(instance, _silo.Handle))
            return null;
        await _silo.StopAsync().ConfigureAwait(false);
        await DeployAsync().ConfigureAwait(false);
        return _silo.Handle;
    }

    /// <summary>Stops the silo.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => _silo.StopAsync();

    /// <summary>Stops client and silo.</summary>
    public Task StopAllSilosAsync() => _silo.StopAsync();

    /// <summary>Ends the activation of the grain, if there is one, and waits for it.</summary>
    public Task DeactivateAsync(IAddressable grain) => DeactivateAsync(grain.GetGrainId());

    /// <summary>Ends the activation of the grain, if there is one, and waits for it.</summary>
    public Task DeactivateAsync(GrainId grainId) => _silo.DeactivateAsync(grainId);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAllSilosAsync().ConfigureAwait(false);
        if (_client is not null)
            await _client.DisposeAsync().ConfigureAwait(false);
    }
}
