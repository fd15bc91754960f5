using System.Collections.Immutable;
using System.Text;
using ClawGrains.Grains.Catalog;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Logging;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace ClawGrains.Grains.Tests.Plugins;

/// <summary>A silo with plugins turned on, and packages of real guests.</summary>
internal sealed class PluginCluster : IAsyncDisposable
{
    private readonly TemporaryDirectory _home = new();
    private readonly InProcessTestCluster _cluster;

    private PluginCluster() => _cluster = Build();

    public PluginSettings Settings { get; set; } = new() { Enabled = true };

    /// <summary>Gets what plugins log.</summary>
    public Action<GuestLogLine> Log { get; set; } = static _ => { };

    public string Data => Path.Combine(_home.Path, "data");

    public string Workspace => Path.Combine(_home.Path, "work");

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<PluginCluster> StartAsync()
    {
        var cluster = new PluginCluster();
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public IPluginRegistryGrain Registry(string tenant = "default") => Grains.GetGrain<IPluginRegistryGrain>(tenant);

    public IPluginGrain Plugin(string id, string tenant = "default") => Grains.GetGrain<IPluginGrain>($"{tenant}/{id}");

    /// <summary>A package of the probe guest.</summary>
    public static PluginInstall Probe(string version = "1.0.0", string permissions = "{}", string resources = "{}", string more = "") => new()
    {
        Files = Files(("clawgrains.plugin.json", Encoding.UTF8.GetBytes($$"""
            {"id":"probe","name":"Probe","version":"{{version}}","permissions":{{permissions}},"resources":{{resources}}{{more}}}
            """)), ("plugin.wasm", Guest("probe"))),
    };

    /// <summary>The sample in AssemblyScript.</summary>
    public static PluginInstall Sample => new() { Path = Path.Combine(TestData.Repository, "samples", "plugins", "assemblyscript") };

    public static ImmutableDictionary<string, ImmutableArray<byte>> Files(params (string Path, byte[] Content)[] files) =>
        files.ToImmutableDictionary(f => f.Path, f => ImmutableArray.Create(f.Content));

    public static byte[] Guest(string name) => File.ReadAllBytes(Path.Combine(TestData.Repository, "tests", "Guests", "built", $"{name}.wasm"));

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _home.Dispose();
    }

    private InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(StorageNames.Default).AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(StreamNames.Provider);
            silo.Services.AddSingleton(new PluginHostOptions { DataDirectory = Data, Workspace = Workspace, Settings = () => Settings, Log = line => Log(line) });
            silo.Services.AddClawGrains(new CatalogOptions { DataDirectory = Data, Workspace = Workspace });
        });
        return builder.Build();
    }
}
