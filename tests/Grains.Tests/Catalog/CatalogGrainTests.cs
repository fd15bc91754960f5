using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using Orleans.TestingHost;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class CatalogGrainTests : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryDirectory _home = new();
    private InProcessTestCluster _cluster = null!;

    private IGrainFactory Grains => _cluster.Client;

    public async Task InitializeAsync()
    {
        _cluster = Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Snapshot_OfAllLayers_PrefersTheWorkspaceAndTellsWhatItShadows()
    {
        _home.WriteSkill("work/skills/weather", "weather", "The workspace's.");
        _home.WriteSkill("data/skills/weather", "weather", "The managed one.");
        _home.WriteSkill("bundled/tides", "tides");
        var snapshot = await Catalog(TenantId.Default).GetSnapshotAsync();
        snapshot.Skills.Select(s => (s.Name, s.Layer)).ShouldBe([("tides", "bundled"), ("weather", "workspace")]);
        snapshot.Skills[1].Description.ShouldBe("The workspace's.");
        snapshot.Shadowed.ShouldHaveSingleItem().Layer.ShouldBe("managed");
    }

    [Fact]
    public async Task Snapshot_BadFrontMatter_IsListedAsInvalidAndTheOthersLoad()
    {
        _home.WriteSkill("work/skills/good", "good");
        _home.Write("work/skills/bad/SKILL.md", "no front matter here");
        var snapshot = await Catalog(TenantId.Default).GetSnapshotAsync();
        snapshot.Skills.ShouldHaveSingleItem().Name.ShouldBe("good");
        snapshot.Invalid.ShouldHaveSingleItem().Path.ShouldEndWith("bad/SKILL.md");
    }

    [Fact]
    public async Task Reload_NothingChanged_KeepsTheNumber()
    {
        _home.WriteSkill("work/skills/a", "a");
        var first = await Catalog(TenantId.Default).GetSnapshotAsync();
        (await Catalog(TenantId.Default).ReloadAsync()).Number.ShouldBe(first.Number);
        (await Catalog(TenantId.Default).GetSnapshotIfNewerAsync(first.Number)).ShouldBeNull();
    }

    [Fact]
    public async Task Reload_Changes_AreReportedWithTheNextNumber()
    {
        _home.WriteSkill("work/skills/a", "a");
        _home.WriteSkill("work/skills/b", "b");
        var first = await Catalog(TenantId.Default).GetSnapshotAsync();
        _home.WriteSkill("work/skills/a", "a", "Changed.");
        _home.WriteSkill("work/skills/c", "c");
        Directory.Delete(Path.Combine(_home.Path, "work/skills/b"), recursive: true);
        var report = await Catalog(TenantId.Default).ReloadAsync();
        report.Number.ShouldBe(first.Number + 1);
        (report.Added.Single(), report.Changed.Single(), report.Removed.Single()).ShouldBe(("c", "a", "b"));
    }

    [Fact]
    public async Task Reload_SkillGrainInUse_SwapsItsVersionOnTheNotice()
    {
        _home.WriteSkill("work/skills/a", "a", body: "Old text.");
        var skill = Grains.GetGrain<ISkillGrain>(GrainKeys.Of(TenantId.Default, "a"));
        (await skill.RenderAsync(""))!.Text.ShouldContain("Old text.");
        _home.WriteSkill("work/skills/a", "a", body: "New text.");
        await Catalog(TenantId.Default).ReloadAsync();
        await Eventually(async () => (await skill.RenderAsync(""))!.Text.Contains("New text.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_RemovedSkill_IsGoneFromItsGrain()
    {
        _home.WriteSkill("work/skills/a", "a");
        var skill = Grains.GetGrain<ISkillGrain>(GrainKeys.Of(TenantId.Default, "a"));
        (await skill.GetVersionAsync()).ShouldNotBeNull();
        Directory.Delete(Path.Combine(_home.Path, "work/skills/a"), recursive: true);
        await Catalog(TenantId.Default).ReloadAsync();
        await Eventually(async () => await skill.GetVersionAsync() is null);
    }

    [Fact]
    public async Task Render_FillsInArgumentsAndDirectory()
    {
        _home.WriteSkill("work/skills/a", "a", body: "Say $ARGUMENTS from {baseDir}.");
        var text = (await Grains.GetGrain<ISkillGrain>(GrainKeys.Of(TenantId.Default, "a")).RenderAsync("hello"))!.Text;
        text.ShouldContain($"Say hello from {Path.Combine(_home.Path, "work/skills/a")}.");
    }

    [Fact]
    public async Task Tenants_DoNotSeeEachOthersSkills()
    {
        var other = TenantId.Parse("acme");
        _home.WriteSkill("work/skills/ours", "ours");
        _home.WriteSkill("data/tenants/acme/skills/theirs", "theirs");
        (await Catalog(other).GetSnapshotAsync()).Skills.ShouldHaveSingleItem().Name.ShouldBe("theirs");
        (await Catalog(TenantId.Default).GetSnapshotAsync()).Skills.ShouldHaveSingleItem().Name.ShouldBe("ours");
        (await Grains.GetGrain<ISkillGrain>(GrainKeys.Of(other, "ours")).GetVersionAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Reload_UnderReaders_EveryOneSeesAWholeSnapshotAndNumbersOnlyGrow()
    {
        for (var i = 0; i < 50; i++) _home.WriteSkill($"work/skills/s{i}", $"s{i}", "Version 0.");
        var catalog = Catalog(TenantId.Default);
        await catalog.GetSnapshotAsync();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntilAsync(catalog, stop.Token))).ToArray();
        for (var round = 1; round <= 10; round++)
        {
            for (var i = 0; i < 50; i++) _home.WriteSkill($"work/skills/s{i}", $"s{i}", $"Version {round}.");
            await catalog.ReloadAsync();
        }
        await stop.CancelAsync();
        foreach (var reader in readers) (await reader).ShouldBeGreaterThan(0);
    }

    private static async Task<int> ReadUntilAsync(ICatalogGrain catalog, CancellationToken stop)
    {
        long last = 0;
        var reads = 0;
        for (; !stop.IsCancellationRequested || reads == 0; reads++)
        {
            var snapshot = await catalog.GetSnapshotAsync();
            snapshot.Number.ShouldBeGreaterThanOrEqualTo(last);
            snapshot.Skills.Length.ShouldBe(50);
            last = snapshot.Number;
        }
        return reads;
    }

    private ICatalogGrain Catalog(TenantId tenant) => Grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant));

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(_patience);
        while (!await holds())
        {
            limit.IsCancellationRequested.ShouldBeFalse("the notice did not arrive");
            await Task.Yield();
        }
    }

    private InProcessTestCluster Build()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage(StorageNames.Default).AddMemoryGrainStorage("PubSubStore").AddMemoryStreams(StreamNames.Provider);
            silo.Services.AddClawGrains(new CatalogOptions
            {
                Workspace = Path.Combine(_home.Path, "work"),
                DataDirectory = Path.Combine(_home.Path, "data"),
                BundledDirectory = Path.Combine(_home.Path, "bundled"),
                MissingLimit = TimeSpan.Zero,
            });
        });
        return builder.Build();
    }
}
