using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Mcp.SkillFeatures;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Tests.Mcp.SkillFeatures;

public sealed class SkillFeatureSourceTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private LiveHost _host = null!;
    private SkillFeatureSource _source = null!;

    public async Task InitializeAsync()
    {
        _host = await LiveHost.StartAsync();
        _host.Write("a");
        _host.Write("b");
        _source = SkillFeatureSource.Of(_host.Client, TenantId.Default);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Get_NothingChanged_IsTheSameInstance() =>
        (await _source.GetAsync(default)).ShouldBeSameAs(await _source.GetAsync(default));

    [Fact]
    public async Task Get_OneSkillChanged_OthersKeepTheirObjects()
    {
        var before = await _source.GetAsync(default);
        _host.Write("b", "Another description.");
        await _host.Catalog.ReloadAsync();
        var after = await _source.GetAsync(default);
        after.Tools[0].ShouldBeSameAs(before.Tools[0]);
        after.Tools[1].Description!.ShouldContain("Another description.");
    }

    [Fact]
    public async Task WaitForChange_ThenGet_HasTheChange()
    {
        var before = await _source.GetAsync(default);
        var change = _source.WaitForChangeAsync(before.Number, default);
        _host.Write("c");
        await _host.Catalog.ReloadAsync();
        await change.WaitAsync(Limit);
        (await _source.GetAsync(default)).Tools.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("Another description.", "Do it.", true)]
    [InlineData("A skill.", "Another body.", false)]
    public async Task Change_OfABodyAlone_ChangesNoListButTheResourcesVersion(string description, string body, bool lists)
    {
        var before = await IndexAsync();
        _host.Write("b", description, body);
        await _host.Catalog.ReloadAsync();
        var after = await IndexAsync();
        FeatureChange.Between(before, after).ShouldBe(new FeatureChange(lists, lists, lists));
        after.VersionOf("skill://b/SKILL.md").ShouldNotBe(before.VersionOf("skill://b/SKILL.md"));
        after.VersionOf("skill://a/SKILL.md").ShouldBe(before.VersionOf("skill://a/SKILL.md"));
    }

    private async Task<FeatureIndex> IndexAsync()
    {
        var features = await _source.GetAsync(default);
        return new FeatureIndex($"{features.Number}", [(_source, features)]);
    }
}
