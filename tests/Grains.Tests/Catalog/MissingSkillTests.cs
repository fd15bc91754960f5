using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class MissingSkillTests : IAsyncDisposable
{
    private CatalogCluster _cluster = null!;

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task FolderGone_ForLongerThanTheLimit_IsRemovedWithoutAnybodyAsking()
    {
        await StartAsync(o => o with { MissingLimit = TimeSpan.FromMilliseconds(200) });
        Delete("a");
        await _cluster.Catalog.ReloadAsync();
        using var patience = new CancellationTokenSource(CatalogCluster.Patience);
        while (await _cluster.Catalog.GetSkillAsync("a") is not null) patience.IsCancellationRequested.ShouldBeFalse("it was never given up");
        (await _cluster.Catalog.GetSnapshotAsync()).Invalid.ShouldBeEmpty();
        (await _cluster.BodyOfAsync("b")).ShouldBe("One.");
    }

    [Fact]
    public async Task FolderGone_RemovedByName_IsGoneAtOnceAndTheWeakerLayersComesUp()
    {
        await StartAsync();
        _cluster.Home.WriteSkill("data/skills/a", "a", "The managed one.", "Managed.");
        Delete("a");
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.BodyOfAsync("a")).ShouldBe("One.");
        var removal = await _cluster.Catalog.RemoveAsync("a");
        (removal.IsRemoved, removal.StillIn).ShouldBe((true, LayerNames.Managed));
        (await _cluster.BodyOfAsync("a")).ShouldBe("Managed.");
        (await _cluster.Catalog.GetSnapshotAsync()).Invalid.ShouldBeEmpty();
        (await _cluster.Catalog.RemoveAsync("a")).IsRemoved.ShouldBeTrue("now it is the managed one's turn");
        (await _cluster.Catalog.RemoveAsync("a")).ShouldBe(new SkillRemoval { IsRemoved = false, Number = removal.Number + 1 });
    }

    [Fact]
    public async Task FolderRenamed_WithTheSameSkill_IsNotMissing()
    {
        await StartAsync();
        Directory.Move(Folder("a"), Folder("renamed"));
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.Catalog.GetSkillAsync("a"))!.Entry.FilePath.ShouldBe(_cluster.PathOf("renamed"));
        (await _cluster.Catalog.GetSnapshotAsync()).Invalid.ShouldBeEmpty();
        _cluster.Log.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WholeLayerGone_StaysBeyondTheLimitIsToldOnceAndComesBack(bool directoryToo)
    {
        await StartAsync(o => o with { MissingLimit = TimeSpan.FromTicks(1) });
        var (layer, away) = (Path.Combine(_cluster.Home.Path, "work/skills"), Path.Combine(_cluster.Home.Path, "away"));
        Directory.Move(layer, away);
        if (!directoryToo) Directory.CreateDirectory(layer);
        await _cluster.Catalog.ReloadAsync();
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.BodyOfAsync("a")).ShouldBe("One.");
        (await _cluster.BodyOfAsync("b")).ShouldBe("One.");
        _cluster.Log.Warnings.ShouldHaveSingleItem().ShouldContain("2 skills go on as they were");
        if (!directoryToo) Directory.Delete(layer);
        Directory.Move(away, layer);
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.Catalog.GetSnapshotAsync()).Skills.ShouldAllBe(s => s.Stale == null);
    }

    [Fact]
    public async Task ManagedFolderGone_RemovedByName_LeavesNoEntryInTheLockFile()
    {
        await StartAsync();
        _cluster.Home.WriteSkill("elsewhere/c", "c", body: "One.");
        await _cluster.Grains.GetGrain<IApprovalGrain>(GrainKeys.Of(ClawGrains.Contracts.TenantId.Default))
            .SubmitAsync(new SkillSubmission { Path = Path.Combine(_cluster.Home.Path, "elsewhere/c"), By = "test" });
        Directory.Delete(Path.Combine(_cluster.Home.Path, "data/skills/c"), recursive: true);
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.BodyOfAsync("c")).ShouldBe("One.");
        (await _cluster.Catalog.RemoveAsync("c")).IsRemoved.ShouldBeTrue();
        ClawGrains.Skills.Packages.SkillLockFile.Read(Path.Combine(_cluster.Home.Path, "data/skills")).ShouldBeEmpty();
    }

    private async Task StartAsync(Func<CatalogOptions, CatalogOptions>? options = null)
    {
        _cluster = await CatalogCluster.StartAsync(options: options);
        _cluster.Write("a", "One.");
        _cluster.Write("b", "One.");
        await _cluster.Catalog.GetSnapshotAsync();
    }

    private string Folder(string name) => Path.GetDirectoryName(_cluster.PathOf(name))!;

    private void Delete(string name) => Directory.Delete(Folder(name), recursive: true);
}
