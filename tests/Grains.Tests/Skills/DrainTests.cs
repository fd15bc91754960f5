using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog.Store;
using ClawGrains.Grains.Skills;
using ClawGrains.Interfaces;
using Microsoft.Extensions.DependencyInjection;

namespace ClawGrains.Grains.Tests.Skills;

public sealed class DrainTests
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Call_RunningDuringASwap_FinishesOnItsVersionAndIsListedMeanwhile()
    {
        await using var cluster = await StartAsync(TimeSpan.FromMinutes(5));
        var call = cluster.Skill("a").ReadFileAsync("x.txt");
        await _entered.Task.WaitAsync(CatalogCluster.Patience);
        var old = (await cluster.Catalog.GetSkillAsync("a"))!.Entry;
        cluster.Write("a", "New.");
        var report = await cluster.Catalog.ReloadAsync();
        (await cluster.Skill("a").RenderAsync("", report.Number))!.Text.ShouldContain("New.");
        var draining = (await cluster.Catalog.GetDrainingAsync()).ShouldHaveSingleItem();
        (draining.Name, draining.Revision, draining.Since, draining.Calls).ShouldBe(("a", old.Revision, old.Since, 1));
        _gate.SetResult();
        (await call.WaitAsync(CatalogCluster.Patience))!.Value.ShouldBe("old"u8.ToArray());
        (await cluster.Catalog.GetDrainingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Call_LongerThanTheLimitAfterASwap_IsCancelledAndSaysWhy()
    {
        await using var cluster = await StartAsync(TimeSpan.FromMilliseconds(20));
        var call = cluster.Skill("a").ReadFileAsync("x.txt");
        await _entered.Task.WaitAsync(CatalogCluster.Patience);
        cluster.Write("a", "New.");
        await cluster.Skill("a").GetVersionAsync((await cluster.Catalog.ReloadAsync()).Number);
        var error = await Should.ThrowAsync<PluginException>(() => call.WaitAsync(CatalogCluster.Patience));
        error.Error.Code.ShouldBe("cancelled");
        error.Message.ShouldContain("replaced by a newer version");
    }

    private async Task<CatalogCluster> StartAsync(TimeSpan limit)
    {
        var cluster = await CatalogCluster.StartAsync(
            s => s.AddSingleton<SkillContents>(p => new SlowContents(p.GetRequiredService<ContentStores>(), _entered, _gate)),
            o => o with { DrainLimit = limit });
        cluster.Write("a", "Old.");
        cluster.Home.Write("work/skills/a/x.txt", "old");
        await cluster.Catalog.GetSnapshotAsync();
        return cluster;
    }

    private sealed class SlowContents(ContentStores stores, TaskCompletionSource entered, TaskCompletionSource gate) : SkillContents(stores)
    {
        public override async Task<ImmutableArray<byte>?> ReadAsync(TenantId tenant, SkillVersion version, string path, CancellationToken cancellationToken)
        {
            entered.TrySetResult();
            await gate.Task.WaitAsync(cancellationToken);
            return await base.ReadAsync(tenant, version, path, cancellationToken);
        }
    }
}
