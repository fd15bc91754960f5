using ClawGrains.Client.Mcp.Features;

namespace ClawGrains.Client.Tests.Mcp.Features;

public sealed class FeatureIndexTests
{
    [Fact]
    public async Task Names_OfTwoSources_Collide_WithBothNamed()
    {
        var error = await CollisionOf(
            new FakeSource { Name = "the skills" }, new FakeSource { Name = "the plugin 'x'" },
            f => f with { Tools = [FakeSource.Tool("same")] });
        error.Message.ShouldBe("The tool 'same' is offered by both the skills and the plugin 'x'. Rename it in one of them, or turn one of them off.");
    }

    [Fact]
    public async Task Names_OfOneSource_Collide()
    {
        var source = new FakeSource { Name = "the skills" };
        var error = await CollisionOf(source, new FakeSource(), f => f with { Prompts = [new() { Name = "p" }, new() { Name = "p" }] });
        error.Message.ShouldBe("The prompt 'p' is offered twice by the skills. Rename one of the two.");
    }

    [Fact]
    public async Task Resources_OfTwoSources_Collide()
    {
        var error = await CollisionOf(
            new FakeSource { Name = "a" }, new FakeSource { Name = "b" }, f => f with { Resources = [FakeSource.Resource("test://r")] });
        error.Message.ShouldContain("resource 'test://r' is offered by both a and b");
    }

    [Fact]
    public async Task Tools_OfTwoSources_AreListedInTheirOrder()
    {
        var (a, b) = (new FakeSource(), new FakeSource());
        a.Change(f => f with { Tools = [FakeSource.Tool("z")] });
        b.Change(f => f with { Tools = [FakeSource.Tool("a")] });
        var index = await IndexOf(a, b);
        index.Tools.Select(t => t.Name).ShouldBe(["z", "a"]);
        index.FindTool("a")!.Value.Source.ShouldBeSameAs(b);
    }

    private static async Task<FeatureCollisionException> CollisionOf(FakeSource a, FakeSource b, Func<McpFeatureSet, McpFeatureSet> offer)
    {
        a.Change(offer);
        b.Change(offer);
        return await Should.ThrowAsync<FeatureCollisionException>(() => IndexOf(a, b));
    }

    private static async Task<FeatureIndex> IndexOf(FakeSource a, FakeSource b) =>
        new("1", [(a, await a.GetAsync(default)), (b, await b.GetAsync(default))]);
}
