using ClawGrains.Contracts;

namespace ClawGrains.Grains.Tests.Catalog;

public sealed class RollbackTests : IAsyncLifetime
{
    private CatalogCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await CatalogCluster.StartAsync();
        _cluster.Write("a", "One.");
        _cluster.Write("b", "One.");
        await _cluster.Catalog.GetSnapshotAsync();
        _cluster.Write("a", "Two.");
        _cluster.Write("c", "New.");
        await _cluster.Catalog.ReloadAsync();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Rollback_ToAnEarlierSnapshot_ServesItUnderANewNumberAndStays()
    {
        var report = await _cluster.Catalog.RollbackAsync(1);
        (report.Number, report.Changed.Single(), report.Removed.Single()).ShouldBe((3, "a", "c"));
        await ShouldServe("One.", "One.", null);
        (await _cluster.Catalog.ReloadAsync()).Number.ShouldBe(3);
        await ShouldServe("One.", "One.", null);
        var snapshot = await _cluster.Catalog.GetSnapshotAsync();
        snapshot.RolledBackTo.ShouldBe(1);
        snapshot.Skills.Single(s => s.Name == "a").Held.ShouldBeTrue();
        (await _cluster.Skill("a").RenderAsync("", 3))!.Text.ShouldContain("One.");
    }

    [Fact]
    public async Task Rollback_NextEdit_MovesThatSkillOnAndHoldsTheOthers()
    {
        await _cluster.Catalog.RollbackAsync(null);
        _cluster.Write("b", "Two.");
        await _cluster.Catalog.ReloadAsync();
        await ShouldServe("One.", "Two.", null);
        _cluster.Write("a", "Three.");
        await _cluster.Catalog.ReloadAsync();
        await ShouldServe("Three.", "Two.", null);
        _cluster.Write("c", "Newer.");
        await _cluster.Catalog.ReloadAsync();
        await ShouldServe("Three.", "Two.", "Newer.");
        (await _cluster.Catalog.GetSnapshotAsync()).RolledBackTo.ShouldBe(0);
    }

    [Fact]
    public async Task Resume_AfterRollback_ServesWhatIsOnDisk()
    {
        await _cluster.Catalog.RollbackAsync(1);
        (await _cluster.Catalog.ResumeAsync()).Number.ShouldBe(4);
        await ShouldServe("Two.", "One.", "New.");
        (await _cluster.Catalog.GetSnapshotAsync()).RolledBackTo.ShouldBe(0);
    }

    [Fact]
    public async Task Rollback_OfADeletedSkill_BringsItBackWithItsFiles()
    {
        _cluster.Home.Write("work/skills/b/refs/x.md", "reference");
        await _cluster.Catalog.ReloadAsync();
        Directory.Delete(Path.GetDirectoryName(_cluster.PathOf("b"))!, recursive: true);
        await _cluster.Catalog.ReloadAsync();
        await _cluster.Catalog.RollbackAsync(3);
        await ShouldServe("Two.", "One.", "New.");
        (await _cluster.Skill("b").ReadFileAsync("refs/x.md", 5))!.Value.ShouldBe("reference"u8.ToArray());
    }

    [Fact]
    public async Task Rollback_UnknownNumber_NamesThoseThereAre()
    {
        var error = await Should.ThrowAsync<PluginException>(() => _cluster.Catalog.RollbackAsync(99));
        error.Error.Code.ShouldBe("not_found");
        error.Message.ShouldContain("1, 2");
    }

    [Fact]
    public async Task Snapshots_AreListedNewestFirstWithWhatTheyChanged()
    {
        await _cluster.Catalog.RollbackAsync(1);
        var snapshots = await _cluster.Catalog.GetSnapshotsAsync();
        snapshots.Select(s => s.Number).ShouldBe([3, 2, 1]);
        (snapshots[0].RollbackTo, snapshots[1].Changed.Single(), snapshots[1].Added.Single()).ShouldBe((1, "a", "c"));
    }

    [Fact]
    public async Task Revision_OfAnEarlierSnapshot_IsFoundAgain()
    {
        var two = (await _cluster.Catalog.GetSkillAsync("a"))!;
        _cluster.Write("a", "Three.");
        await _cluster.Catalog.ReloadAsync();
        (await _cluster.Catalog.GetRevisionAsync("a", two.Entry.Revision))!.Body.Trim().ShouldBe("Two.");
        (await _cluster.Catalog.GetRevisionAsync("b", two.Entry.Revision)).ShouldBeNull();
    }

    private async Task ShouldServe(string? a, string? b, string? c)
    {
        (await _cluster.BodyOfAsync("a")).ShouldBe(a);
        (await _cluster.BodyOfAsync("b")).ShouldBe(b);
        (await _cluster.BodyOfAsync("c")).ShouldBe(c);
    }
}
