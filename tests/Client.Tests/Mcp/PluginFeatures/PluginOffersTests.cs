using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Mcp.PluginFeatures;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Tests.Mcp.PluginFeatures;

public sealed class PluginOffersTests
{
    [Fact]
    public void Tools_AreListedUnderTheirOwnNames()
    {
        var offers = new PluginOffers(Listing(("com.example.a", ["echo", "count"])));
        offers.Features.Tools.Select(t => t.Name).ShouldBe(["echo", "count"]);
        offers.Features.Tools[0].Meta!["clawgrains/plugin"]!.GetValue<string>().ShouldBe("com.example.a");
    }

    [Fact]
    public void Tools_OfTheSameName_TheOlderPluginKeepsIt()
    {
        var offers = new PluginOffers(Listing(("older", ["echo"]), ("com.newer", ["echo"])));
        offers.Features.Tools.Select(t => t.Name).ShouldBe(["echo", "com-newer_echo"]);
        offers.Find("echo")!.Plugin.ShouldBe("older");
        offers.Find("com-newer_echo")!.Plugin.ShouldBe("com.newer");
        offers.Find("older_echo")!.Plugin.ShouldBe("older");
    }

    [Fact]
    public void Tools_WithNamesThatMcpDoesNotTake_AreRenamedAndFound()
    {
        var offers = new PluginOffers(Listing(("a", ["dotted.name", new string('x', 100)])));
        foreach (var tool in offers.Features.Tools)
        {
            tool.Name.Length.ShouldBeLessThanOrEqualTo(64);
            offers.Find(tool.Name).ShouldNotBeNull();
        }
        offers.Find(offers.Features.Tools[0].Name)!.Tool.ShouldBe("dotted.name");
    }

    [Fact]
    public void Tool_WhoseNameASkillHas_IsListedUnderItsQualifiedOneAndBothCanBeCalled()
    {
        var (skills, plugins) = (new FakeSource(), new FakeSource());
        var offers = new PluginOffers(Listing(("words", ["echo", "count"])));
        var index = new FeatureIndex("1.1", [(skills, new McpFeatureSet { Number = 1, Tools = [FakeSource.Tool("echo")] }), (plugins, offers.Features)]);
        index.Tools.Select(t => t.Name).ShouldBe(["echo", "words_echo", "count"]);
        index.FindTool("echo")!.Value.Source.ShouldBeSameAs(skills);
        index.FindTool("words_echo")!.Value.Source.ShouldBeSameAs(plugins);
        index.FindTool("words_count")!.Value.Source.ShouldBeSameAs(plugins);
    }

    private static PluginListing Listing(params (string Id, string[] Tools)[] plugins) => new()
    {
        Number = 1,
        Enabled = true,
        Plugins =
        [
            .. plugins.Select(p => new PluginInfo
            {
                Id = p.Id, Name = p.Id, State = "enabled",
                Active = new PluginVersionInfo { Version = "1.0.0", Package = "", Component = "" },
                Tools = [.. p.Tools.Select(t => new PluginTool { Name = t, InputSchema = """{"type":"object"}""" })],
            }),
        ],
    };
}
