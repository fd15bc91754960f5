using Orleans.Configuration;
using Orleans.TestingHost;

namespace ClawGrains.GrainRuntime.Tests;

/// <summary>One cluster for all tests: one silo, a client, memory storage, streams and reminders with short periods.</summary>
public sealed class TestClusterFixture : IAsyncLifetime
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IClusterClient Client => Cluster.Client;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => Configure(silo));
        builder.ConfigureClient(client =>
        {
            client.AddMemoryStreams("streams");
            client.AddOutgoingGrainCallFilter(Filters.FilterLog.OutgoingOfClientAsync);
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    private static void Configure(ISiloBuilder silo)
    {
        silo.AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("PubSubStore").AddMemoryGrainStorage("named");
        silo.AddMemoryStreams("streams").UseInMemoryReminderService();
        silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromSeconds(1));
        silo.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.FromSeconds(1));
        silo.AddIncomingGrainCallFilter(Filters.FilterLog.FirstAsync);
        silo.AddIncomingGrainCallFilter(Filters.FilterLog.SecondAsync);
        silo.AddOutgoingGrainCallFilter(Filters.FilterLog.OutgoingOfGrainAsync);
    }
}

[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<TestClusterFixture>
{
    public const string Name = "cluster";
}
