using System.Text;
using System.Text.Json;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Tests.Plugins;

/// <summary>A plugin that calls other tools, through the grains.</summary>
public sealed class HostToolsTests : IAsyncLifetime
{
    private PluginCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await PluginCluster.StartAsync();
        await _cluster.Registry().InstallAsync(PluginCluster.Sample);
        foreach (var id in new[] { "one", "two" }) await InstallAsync(id, "composer", """{"tools":["*"],"state":true}""");
        await InstallAsync("caller", "composer", """{"tools":["*"],"state":true}""");
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData("word-count")]
    [InlineData("text-tools_word-count")]
    [InlineData("text-tools/word-count")]
    public async Task Tool_OfAnotherPlugin_IsFoundByEachOfItsNames(string name) =>
        (await CallAsync(name, """{"text":"a b c"}""")).Result.ShouldBe("""{"words":3}""");

    // Both have a `get`; that of the older is meant, as over MCP, and each can be told apart.
    [Theory]
    [InlineData("get", "one")]
    [InlineData("one_get", "one")]
    [InlineData("two_get", "two")]
    [InlineData("two/get", "two")]
    public async Task Tool_ThatTwoPluginsHave_IsTheOneThatMcpListsUnderTheName(string name, string plugin)
    {
        foreach (var id in new[] { "one", "two" }) (await _cluster.Plugin(id).CallToolAsync("set", $$"""{"key":"k","value":"{{id}}"}""")).Failure.ShouldBeNull();
        (await CallAsync(name, """{"key":"k"}""")).Result.ShouldBe($"\"{plugin}\"");
    }

    [Fact]
    public async Task Skill_AnswersWithItsInstructions_AndComesBeforeAPluginsToolOfTheName()
    {
        WriteSkill("word-count", "Count them by hand.");
        await _cluster.Grains.GetGrain<ICatalogGrain>("default").ReloadAsync();
        var answer = JsonDocument.Parse((await CallAsync("word-count", """{"arguments":"x"}""")).Result!).RootElement;
        (answer.GetProperty("kind").GetString(), answer.GetProperty("instructions").GetString()).ShouldBe(("instructions", "Count them by hand.\n\nUser input:\nx"));
        (await CallAsync("text-tools_word-count", """{"text":"a b"}""")).Result.ShouldBe("""{"words":2}""");
    }

    [Fact]
    public async Task Skill_ThatModelsMayNotCall_DoesNotStandBeforeAPluginsTool()
    {
        WriteSkill("word-count", "By hand.", "disable-model-invocation: true\n");
        await _cluster.Grains.GetGrain<ICatalogGrain>("default").ReloadAsync();
        (await CallAsync("word-count", """{"text":"a b"}""")).Result.ShouldBe("""{"words":2}""");
    }

    [Theory]
    [InlineData("nothing", "1: there is no tool 'nothing'")]
    [InlineData("nobody/echo", "1: there is no tool 'nobody/echo'")]
    [InlineData("", "1: there is no tool ''")]
    [InlineData("caller/pass", "1: caller/pass is the plugin's own tool")]
    public async Task Tool_ThatIsNot_IsNotFound(string name, string error) => (await CallAsync(name, "{}")).ToolError.ShouldBe(error);

    [Fact]
    public async Task Tool_OfAnotherTenant_IsNotFound()
    {
        await InstallAsync("caller", "composer", """{"tools":["*"],"state":true}""", "acme");
        (await CallAsync("word-count", "{}", "acme")).ToolError.ShouldBe("1: there is no tool 'word-count'");
    }

    [Fact]
    public async Task Permission_ForOneName_DoesNotCoverTheOthers()
    {
        await InstallAsync("narrow", "composer", """{"tools":["text-tools/*"],"state":true}""");
        (await CallAsync("text-tools/word-count", """{"text":"a"}""", plugin: "narrow")).Result.ShouldBe("""{"words":1}""");
        (await CallAsync("word-count", """{"text":"a"}""", plugin: "narrow")).ToolError.ShouldBe("0: tool not permitted: word-count");
    }

    private Task<PluginCallResult> CallAsync(string tool, string arguments, string tenant = "default", string plugin = "caller") =>
        _cluster.Plugin(plugin, tenant).CallToolAsync("pass", JsonSerializer.Serialize(new { tool, arguments }));

    private async Task InstallAsync(string id, string guest, string permissions, string tenant = "default") =>
        (await _cluster.Registry(tenant).InstallAsync(new PluginInstall
        {
            Files = PluginCluster.Files(
                ("clawgrains.plugin.json", Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","name":"{{id}}","version":"1.0.0","permissions":{{permissions}}}""")),
                ("plugin.wasm", PluginCluster.Guest(guest))),
            Approve = true,
        })).Failure.ShouldBeNull();

    private void WriteSkill(string name, string body, string more = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_cluster.Workspace, "skills", name));
        File.WriteAllText(Path.Combine(folder.FullName, "SKILL.md"), $"---\nname: {name}\ndescription: A skill of a test.\n{more}---\n{body}\n");
    }
}
