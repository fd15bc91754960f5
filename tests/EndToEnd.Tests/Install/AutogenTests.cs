using System.Text.Json;
using ClawGrains.Components;
using ClawGrains.EndToEnd.Tests.Command;

using ClawGrains.Wasm;

namespace ClawGrains.EndToEnd.Tests.Install;

/// <summary>Autonomous creation as a person meets it: calls through an MCP client, a skill that waits, a tool that works.</summary>
public sealed class AutogenTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Autogen_ThreeRepeatedSequences_BecomeOneSkillThatWaitsAndThenAnswers()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        await using var mcp = await PrepareAsync(host);
        await RepeatAsync(mcp, 3);

        var pending = await PendingAsync();
        var skill = pending.GetProperty("subject").GetString()!;
        (await mcp.HasToolAsync(skill)).ShouldBeFalse("it waits");
        (await _claw.RunAsync("skill", "autogen", "approve", pending.GetProperty("id").GetString()!)).ShouldSucceed();
        await mcp.WhenToolAsync(skill);

        var tool = (await mcp.Client.ListToolsAsync()).Single(t => t.Name == skill);
        var parameter = tool.JsonSchema.GetProperty("properties").EnumerateObject().ShouldHaveSingleItem("only the text differed, and it was the same in both calls").Name;
        using var answer = JsonDocument.Parse(await mcp.TextAsync(skill, $$"""{"{{parameter}}":"one two three four"}"""));
        var text = answer.RootElement.GetRawText();
        text.ShouldContain("\"words\":4");
        text.ShouldContain("one two three four");
    }

    [Fact]
    public async Task Autogen_Component_IsTakenByOurEngine()
    {
        var component = Component.Load(new Engine(), await File.ReadAllBytesAsync(await GenerateAsync()));
        component.Functions.Select(f => f.Name).ShouldContain("plugin#execute-tool");
    }

    [ProgramFact("node", "npm")]
    public async Task Autogen_Component_IsTakenByJco()
    {
        var output = await JcoTool.WitAsync(await GenerateAsync());
        output.ShouldContain("import clawgrains:tools/host-tools@1.0.0;");
        output.ShouldContain("execute-tool: func(tool-name: string, params-json: string) -> result<string, string>;");
    }

    [Fact]
    public async Task Autogen_WherePluginsCannotCallTools_SaysSoAtOnce()
    {
        (await _claw.RunAsync("skill", "autogen", "on")).ShouldSucceed().Error.ShouldContain("plugins are turned off");
        (await _claw.RunAsync("config", "set", "plugins.enabled", "true")).ShouldSucceed();
        (await _claw.RunAsync("config", "set", "plugins.capabilities.deny", """["tools"]""")).ShouldSucceed();
        (await _claw.RunAsync("skill", "autogen", "status")).ShouldSucceed().Error.ShouldContain("plugins.capabilities");
    }

    [Fact]
    public async Task Autogen_SwitchedOff_LooksAtNothing()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        await using var mcp = await PrepareAsync(host, autogen: false);
        await RepeatAsync(mcp, 4);
        var status = await StatusAsync();
        (status.GetProperty("enabled").GetBoolean(), status.GetProperty("observed").GetInt64()).ShouldBe((false, 0));
    }

    [Fact]
    public async Task Autogen_Rejected_IsNotProposedAgain()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        await using var mcp = await PrepareAsync(host);
        await RepeatAsync(mcp, 3);
        var pending = await PendingAsync();
        (await _claw.RunAsync("skill", "autogen", "reject", pending.GetProperty("id").GetString()!)).ShouldSucceed();
        await RepeatAsync(mcp, 4);
        await ObservedAsync(14);
        (await StatusAsync()).GetProperty("pending").GetArrayLength().ShouldBe(0);
        (await _claw.RunAsync("approvals", "list", "--all", "--json")).ShouldSucceed().Json.EnumerateArray().Single().GetProperty("state").GetString().ShouldBe("rejected");
    }

    private async Task<string> GenerateAsync()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        await using var mcp = await PrepareAsync(host);
        await RepeatAsync(mcp, 3);
        var id = (await PendingAsync()).GetProperty("id").GetString()!;
        return Path.Combine(_claw.Data, "approvals", id, "skill", "plugin.wasm");
    }

    private async Task<LiveClient> PrepareAsync(ClawHost host, bool autogen = true)
    {
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        if (autogen) (await _claw.RunAsync("skill", "autogen", "on")).ShouldSucceed();
        var mcp = await LiveClient.ConnectAsync(host);
        await mcp.WhenToolAsync("word-count");
        return mcp;
    }

    private static async Task RepeatAsync(LiveClient mcp, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await mcp.TextAsync("word-count", $$"""{"text":"run number {{i}}"}""");
            await mcp.TextAsync("echo", $$"""{"text":"run number {{i}}"}""");
        }
    }

    private async Task<JsonElement> StatusAsync() => (await _claw.RunAsync("skill", "autogen", "status", "--json")).ShouldSucceed().Json;

    private async Task<JsonElement> ObservedAsync(int calls)
    {
        using var limit = new CancellationTokenSource(LiveClient.Patience);
        while (true)
        {
            limit.IsCancellationRequested.ShouldBeFalse($"{calls} calls were not observed");
            if (await StatusAsync() is var status && status.GetProperty("observed").GetInt64() >= calls) return status;
        }
    }

    private async Task<JsonElement> PendingAsync()
    {
        var status = await ObservedAsync(6);
        status.TryGetProperty("problem", out var problem).ShouldBeFalse($"it did not become a skill: {problem}");
        return status.GetProperty("pending").EnumerateArray().ShouldHaveSingleItem();
    }
}
