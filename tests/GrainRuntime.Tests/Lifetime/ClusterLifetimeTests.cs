using Orleans.Configuration;
using Orleans.TestingHost;

namespace ClawGrains.GrainRuntime.Tests.Lifetime;

/// <summary>What needs a cluster of its own.</summary>
public sealed class ClusterLifetimeTests
{
    private readonly string _key = Probe.NewKey("living");

    [Fact]
    public async Task StopAllSilos_ActiveGrains_AreToldThatTheHostStops()
    {
        var cluster = await StartAsync(_ => { });
        await cluster.Client.GetGrain<ILivingGrain>(_key, typeof(LivingGrain).FullName).Activation();
        await cluster.StopAllSilosAsync();
        Probe.Of(_key).Events.ShouldContain("deactivated ShuttingDown");
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task IdleGrain_OlderThanTheCollectionAge_IsDeactivated_AndADelayedOneIsNot()
    {
        await using var cluster = await StartAsync(silo => silo.Configure<GrainCollectionOptions>(options =>
            (options.CollectionAge, options.CollectionQuantum) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))));
        var delayed = cluster.Client.GetGrain<ILivingGrain>(_key + "-delayed", typeof(LivingGrain).FullName);
        await delayed.Stay(TimeSpan.FromMinutes(5));
        var limited = cluster.Client.GetGrain<IShortLivedGrain>(_key + "-limited");
        await limited.Activation();
        await cluster.Client.GetGrain<ILivingGrain>(_key, typeof(LivingGrain).FullName).Activation();
        await Probe.Of(_key).SeenAsync("deactivated ActivationIdle");
        Probe.Of(_key + "-delayed").Events.ShouldBe(["activated"]);
        Probe.Of(_key + "-limited").Events.ShouldBe(["activated", "called"]);
    }

    [Fact]
    public async Task RestartSilo_References_LeadToTheNewSilo()
    {
        await using var cluster = await StartAsync(_ => { });
        var grain = cluster.Client.GetGrain<ILivingGrain>(_key, typeof(LivingGrain).FullName);
        var before = await grain.Activation();
        await cluster.RestartSiloAsync(cluster.Silos[0]);
        (await OnceConnectedAsync(grain.Activation)).ShouldNotBe(before);
    }

    [Fact]
    public async Task StartupTask_OfTheSilo_MayCallGrains()
    {
        await using var cluster = await StartAsync(silo => silo.AddStartupTask((services, _) =>
            ((IGrainFactory)services.GetService(typeof(IGrainFactory))!).GetGrain<ILivingGrain>(_key, typeof(LivingGrain).FullName).Activation()));
        await Probe.Of(_key).SeenAsync("called");
    }

    [Fact]
    public async Task ResponseTimeout_OfTheSiloOptions_EndsTheWaitingOfGrains()
    {
        await using var cluster = await StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)));
        var grain = cluster.Client.GetGrain<Scheduling.IWaitingGrain>(_key);
        (await grain.WaitForOther(_key + "-other")).ShouldBe(nameof(TimeoutException));
    }

    // A client connects anew to a silo that was away in its own time; calls until then fail.
    private static async Task<T> OnceConnectedAsync<T>(Func<Task<T>> call)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (OrleansException) when (!limit.IsCancellationRequested)
            {
                await pause.WaitForNextTickAsync();
            }
        }
    }

    private static async Task<InProcessTestCluster> StartAsync(Action<ISiloBuilder> configure)
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            configure(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
