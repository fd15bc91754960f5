using System.Threading.Channels;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Hosting;
using ClawGrains.Silo.Reloading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Streams;

namespace ClawGrains.Silo.Tests.Reloading;

public sealed class CatalogReloaderTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _home = new();
    private readonly Channel<CatalogChanged> _notices = Channel.CreateUnbounded<CatalogChanged>();
    private IHost _host = null!;

    private ICatalogGrain Catalog => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<ICatalogGrain>(GrainKeys.Of(TenantId.Default));

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddClawGrainsSilo(new SiloOptions
        {
            DataDirectory = Path.Combine(_home.Path, "data"),
            Workspace = Path.Combine(_home.Path, "work"),
            BundledDirectory = Path.Combine(_home.Path, "bundled"),
            Ephemeral = true,
        });
        builder.Services.AddSkillReloading().AddSkillReloading();
        _host = builder.Build();
        _host.Services.GetServices<IHostedService>().Count(s => s.GetType().Name == nameof(CatalogReloader)).ShouldBe(1);
        await _host.StartAsync();
        var stream = _host.Services.GetRequiredService<IClusterClient>().GetStreamProvider(StreamNames.Provider)
            .GetStream<CatalogChanged>(StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(TenantId.Default)));
        await stream.SubscribeAsync((notice, _) => _notices.Writer.WriteAsync(notice).AsTask());
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync().WaitAsync(Limit);
        _host.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task File_WrittenChangedAndRemoved_IsInTheNextSnapshot()
    {
        // With a first snapshot there, every difference is announced, whenever the watch begins.
        (await Catalog.GetSnapshotAsync()).Skills.ShouldBeEmpty();
        _home.WriteSkill("work/skills/weather", "weather", "First.");
        await Until(s => s.Skills.Any(k => k.Description == "First."));
        _home.WriteSkill("work/skills/weather", "weather", "Second.");
        await Until(s => s.Skills.Any(k => k.Description == "Second."));
        Directory.Delete(Path.Combine(_home.Path, "work"), recursive: true);
        await Until(s => s.Skills.Any(k => k.Stale is not null));
        _home.WriteSkill("work/skills/weather", "weather", "Third.");
        await Until(s => s.Skills.Any(k => k.Description == "Third." && k.Stale is null));
        Directory.Delete(Path.Combine(_home.Path, "work"), recursive: true);
        await Until(s => s.Skills.Any(k => k.Stale is not null));
        (await Catalog.RemoveAsync("weather")).IsRemoved.ShouldBeTrue();
        (await Catalog.GetSnapshotAsync()).Skills.ShouldBeEmpty();
        _home.WriteSkill("data/skills/rain", "rain");
        await Until(s => s.Skills.Any(k => k.Layer == LayerNames.Managed));
    }

    [Fact]
    public async Task Workspace_SetAnew_IsWatchedAfterTheNextReload()
    {
        await Catalog.GetSnapshotAsync();
        var other = Path.Combine(_home.Path, "other");
        await _host.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(GrainKeys.Of(TenantId.Default))
            .SetSettingsAsync(new TenantSettings { Workspace = other });
        _home.WriteSkill("data/skills/rain", "rain");
        await Until(s => s.Skills.Length == 1);
        _home.WriteSkill("other/skills/weather", "weather");
        await Until(s => s.Skills.Length == 2);
    }

    [Fact]
    public async Task OtherTenant_ThatIsInUse_IsWatchedToo()
    {
        var acme = TenantId.Parse("acme");
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        var catalog = grains.GetGrain<ICatalogGrain>(GrainKeys.Of(acme));
        var notices = Channel.CreateUnbounded<CatalogChanged>();
        await _host.Services.GetRequiredService<IClusterClient>().GetStreamProvider(StreamNames.Provider)
            .GetStream<CatalogChanged>(StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(acme)))
            .SubscribeAsync((notice, _) => notices.Writer.WriteAsync(notice).AsTask());
        (await catalog.GetSnapshotAsync()).Skills.ShouldBeEmpty();
        foreach (var text in new[] { "First.", "Second." })
        {
            _home.WriteSkill("data/tenants/acme/skills/rain", "rain", text);
            using var limit = new CancellationTokenSource(Limit);
            while ((await catalog.GetSnapshotAsync()).Skills.All(s => s.Description != text)) await notices.Reader.ReadAsync(limit.Token);
        }
        (await Catalog.GetSnapshotAsync()).Skills.ShouldBeEmpty();
    }

    private async Task Until(Func<CatalogSnapshot, bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition(await Catalog.GetSnapshotAsync())) await _notices.Reader.ReadAsync(limit.Token);
    }
}
