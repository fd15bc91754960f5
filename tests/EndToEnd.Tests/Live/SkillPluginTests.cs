using System.Text.Json;
using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.EndToEnd.Tests.Install;

namespace ClawGrains.EndToEnd.Tests.Live;

/// <summary>Skills whose directories hold a plugin, as a person meets them: files, the built command, a running host, an MCP client.</summary>
public sealed class SkillPluginTests : IDisposable
{
    private readonly Claw _claw = new();
    private readonly CarryingSkill _skill;

    public SkillPluginTests() => _skill = new CarryingSkill(_claw.Home);

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Tools_OfASkillsComponent_ComeChangeAndGoWithIt()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        _skill.Write();
        await mcp.WhenToolAsync("word-count");
        (await mcp.TextAsync("word-count", """{"text":"a b c"}""")).ShouldBe("""{"words":3}""");

        _skill.Build(CarryingSkill.Functions);
        await mcp.WhenToolAsync("add");
        (await mcp.HasToolAsync("word-count")).ShouldBeFalse();
        (await mcp.TextAsync("add", """{"a":2,"b":3}""")).ShouldBe("""{"result":5}""");

        Directory.Delete(_skill.Folder, recursive: true);
        await WhenStaleAsync("words");
        (await mcp.TextAsync("add", """{"a":2,"b":3}""")).ShouldBe("""{"result":5}""", "what vanished is not yet removed");
        (await _claw.RunAsync("skill", "remove", "words")).ShouldSucceed();
        await mcp.WhenToolAsync("add", there: false);
        (await mcp.HasToolAsync("words")).ShouldBeFalse("the skill is gone as well");
    }

    [Fact]
    public async Task Text_OfTheSkillAlone_MakesNoOtherVersionOfThePlugin()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        _skill.Write();
        await mcp.WhenToolAsync("word-count");
        var version = await VersionAsync();
        await mcp.Client.SubscribeToResourceAsync(new Uri("skill://words/SKILL.md"));
        _skill.Text("Count them all.");
        while ((await mcp.NextAsync("the text changed")).Method != "notifications/resources/updated") { }
        (await VersionAsync()).ShouldBe(version);
    }

    [Fact]
    public async Task Permissions_OfASkillInTheWorkspace_WaitForApproval()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        _skill.Write(permissions: """{"network":["a.example.com"]}""");
        await WhenAsync("skill", p => p.GetProperty("state").GetString() == "pending");
        (await mcp.HasToolAsync("word-count")).ShouldBeFalse();
        (await _claw.RunAsync("skill", "show", "words")).ShouldSucceed().Output.ShouldContain("waits for approval of network: a.example.com");
        (await _claw.RunAsync("approvals", "approve", "words", "--reason", "known host")).ShouldSucceed();
        await mcp.WhenToolAsync("word-count");

        _skill.Plugin("""{"network":["a.example.com","b.example.com"]}""");
        _skill.Build(CarryingSkill.Functions);
        await WhenAsync("growth", p => p.GetProperty("asksFor").GetArrayLength() == 1);
        (await mcp.TextAsync("word-count", """{"text":"a b"}""")).ShouldBe("""{"words":2}""", "the approved version serves");
        (await _claw.RunAsync("plugin", "reject", "words")).ShouldSucceed();
        (await mcp.TextAsync("word-count", """{"text":"a b"}""")).ShouldBe("""{"words":2}""");
        var decided = (await _claw.RunAsync("approvals", "list", "--all", "--json")).ShouldSucceed().Json.EnumerateArray().ToArray();
        decided.Select(d => (d.GetProperty("subject").GetString(), d.GetProperty("state").GetString())).ShouldBe([("words", "approved"), ("words", "rejected")]);
        decided[0].GetProperty("reason").GetString().ShouldBe("known host");
        decided.ShouldAllBe(d => d.GetProperty("decidedBy").GetString()!.StartsWith("cli:"));
    }

    [Fact]
    public async Task Install_ApprovedWithTheSkill_NeedsNoSecondApproval()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        var skill = new CarryingSkill(_claw.Home, "elsewhere/words");
        skill.Write(permissions: """{"network":["a.example.com"]}""");
        (await _claw.RunAsync("skill", "install", skill.Folder, "--approve")).ShouldSucceed();
        await mcp.WhenToolAsync("word-count");
        var shown = (await _claw.RunAsync("skill", "show", "words", "--json")).ShouldSucceed().Json.GetProperty("plugins").EnumerateArray().Single();
        (shown.GetProperty("state").GetString(), shown.GetProperty("isCarried").GetBoolean()).ShouldBe(("enabled", true));
        shown.GetProperty("tools").EnumerateArray().Select(t => t.GetString()).ShouldBe(["word-count", "echo"]);
        (await _claw.RunAsync("skill", "remove", "words")).ShouldSucceed();
        await mcp.WhenToolAsync("word-count", there: false);
    }

    [Fact]
    public async Task Install_BadComponent_IsRefused()
    {
        var skill = new CarryingSkill(_claw.Home, "elsewhere/words");
        skill.Write();
        File.WriteAllText(skill.Component, "no component");
        (await _claw.RunAsync("skill", "install", skill.Folder, "--approve")).ShouldFail().Error.ShouldContain("dist/plugin.wasm: it is no WebAssembly");
        Directory.Exists(Path.Combine(_claw.Data, "skills", "words")).ShouldBeFalse();
    }

    [Fact]
    public async Task Id_OfAnInstalledPlugin_IsNotTakenOver()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        await mcp.WhenToolAsync("word-count");
        _skill.Write(CarryingSkill.Functions);
        _skill.Plugin("{}", id: "text-tools");
        await mcp.WhenToolAsync("words");
        await WhenAsync("refusal", p => p.TryGetProperty("problem", out var problem) && problem.GetString()!.Contains("not by this skill", StringComparison.Ordinal));
        (await mcp.HasToolAsync("add")).ShouldBeFalse();
        (await mcp.TextAsync("word-count", """{"text":"a"}""")).ShouldBe("""{"words":1}""");
        (await _claw.RunAsync("skill", "list")).ShouldSucceed().Output.ShouldContain("plugin of words: plugin text-tools is installed already");
    }

    [Fact]
    public async Task Rollback_OfTheSkill_BringsItsFormerToolsBack()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        _skill.Write();
        await mcp.WhenToolAsync("word-count");
        var first = (await _claw.RunAsync("skill", "list", "--json")).Json.GetProperty("snapshot").GetInt64();
        _skill.Build(CarryingSkill.Functions);
        await mcp.WhenToolAsync("add");
        (await _claw.RunAsync("skill", "rollback", "--to", $"{first}")).ShouldSucceed();
        await mcp.WhenToolAsync("word-count");
        (await mcp.HasToolAsync("add")).ShouldBeFalse();
        (await _claw.RunAsync("skill", "rollback", "--resume")).ShouldSucceed();
        await mcp.WhenToolAsync("add");
    }

    [Fact]
    public async Task Named_PluginOfASkill_MakesItUsableAndItsToolsAreShown()
    {
        await using var host = await ServeAsync();
        await using var mcp = await LiveClient.ConnectAsync(host);
        _claw.Home.Write("work/skills/counting/SKILL.md", "---\nname: counting\ndescription: Counts.\nmetadata:\n  plugin: text-tools\n---\nUse word-count.\n");
        await mcp.WhenToolAsync("counting");
        (await mcp.CallAsync("counting")).IsError.ShouldBe(true);
        (await _claw.RunAsync("skill", "show", "counting")).ShouldSucceed().Output.ShouldContain("missing running plugin text-tools");
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        await mcp.WhenToolAsync("word-count");
        (await mcp.TextAsync("counting")).ShouldContain("Use word-count.");
        (await _claw.RunAsync("skill", "show", "counting")).ShouldSucceed().Output.ShouldContain("word-count, echo");
        (await _claw.RunAsync("plugin", "disable", "text-tools")).ShouldSucceed();
        (await _claw.RunAsync("skill", "show", "counting")).ShouldSucceed().Output.ShouldContain("missing running plugin text-tools");
    }

    private async Task<ClawHost> ServeAsync() => (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);

    private async Task<string?> VersionAsync() =>
        (await _claw.RunAsync("plugin", "show", "words", "--json")).ShouldSucceed().Json.GetProperty("active").GetProperty("version").GetString();

    private async Task WhenStaleAsync(string skill)
    {
        using var limit = new CancellationTokenSource(LiveClient.Patience);
        while (!(await _claw.RunAsync("skill", "why", skill)).ShouldSucceed().Output.Contains("folder is gone", StringComparison.Ordinal))
            limit.IsCancellationRequested.ShouldBeFalse($"waited in vain for {skill} to be stale");
    }

    private async Task WhenAsync(string phase, Func<JsonElement, bool> holds)
    {
        using var limit = new CancellationTokenSource(LiveClient.Patience);
        while (!(await _claw.RunAsync("skill", "list", "--json")).ShouldSucceed().Json.GetProperty("plugins").EnumerateArray().Any(holds))
            limit.IsCancellationRequested.ShouldBeFalse($"waited in vain for {phase}");
    }
}
