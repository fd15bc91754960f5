using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClawGrains.Client.Tests.Mcp.SkillFeatures;

/// <summary>A host with the catalog's grains over a directory of its own, without a watcher.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    private readonly IHost _host;
    private int _asked;

    private LiveHost(TemporaryDirectory home)
    {
        Home = home;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddClawGrainsSilo(new SiloOptions
        {
            DataDirectory = Path.Combine(home.Path, "data"), Workspace = Path.Combine(home.Path, "work"), BundledDirectory = Path.Combine(home.Path, "none"), Ephemeral = true,
        });
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(new Counter(this));
        _host = builder.Build();
    }

    public TemporaryDirectory Home { get; }

    /// <summary>How often the catalog was asked for its number.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    public ICatalogGrain Catalog => Client.GetGrain<ICatalogGrain>(GrainKeys.Of(TenantId.Default));

    public static async Task<LiveHost> StartAsync()
    {
        var host = new LiveHost(new TemporaryDirectory());
        await host._host.StartAsync();
        return host;
    }

    public void Write(string name, string description = "A skill.", string body = "Do it.") => Home.WriteSkill($"work/skills/{name}", name, description, body);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Home.Dispose();
    }

    private sealed class Counter(LiveHost host) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == nameof(ICatalogGrain.GetSnapshotNumberAsync)) Interlocked.Increment(ref host._asked);
            return context.Invoke();
        }
    }
}
