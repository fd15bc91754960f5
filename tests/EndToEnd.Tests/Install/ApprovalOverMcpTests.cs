using System.Text.Json;
using ClawGrains.EndToEnd.Tests.Command;
using ModelContextProtocol.Protocol;

namespace ClawGrains.EndToEnd.Tests.Install;

public sealed class ApprovalOverMcpTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Theory]
    [InlineData("approve", true)]
    [InlineData("reject", false)]
    public async Task Elicitation_ClientThatCan_IsAskedAndDecides(string answer, bool installed)
    {
        await using var host = await _claw.ServeAsync("--auth", "none");
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = await LiveClient.ConnectAsync(host, request =>
        {
            asked.TrySetResult(request.Message);
            return Answer(answer);
        });
        await client.Client.ListToolsAsync();
        var source = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides", body: "```sh\ntide\n```"))!;
        (await _claw.RunAsync("skill", "install", source, "--yes", "--json")).ShouldSucceed().Json.GetProperty("state").GetString().ShouldBe("pending");
        (await asked.Task.WaitAsync(LiveClient.Patience)).ShouldContain("commands in SKILL.md");
        var decided = await DecidedAsync();
        decided.GetProperty("state").GetString().ShouldBe(installed ? "approved" : "rejected");
        decided.GetProperty("decidedBy").GetString().ShouldBe("mcp:tester");
        (await _claw.RunAsync("skill", "show", "tides")).ExitCode.ShouldBe(installed ? 0 : 1);
    }

    [Fact]
    public async Task Elicitation_PluginThatAsksForPermissions_IsAskedAndRunsOnceApproved()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = await LiveClient.ConnectAsync(host, request =>
        {
            asked.TrySetResult(request.Message);
            return Answer("approve");
        });
        (await _claw.RunAsync("plugin", "install", Package.Write(_claw.Home, "1.0.0", """{"network":["a.example.com"]}"""))).ShouldSucceed();
        (await asked.Task.WaitAsync(LiveClient.Patience)).ShouldContain("asks for: network: a.example.com");
        await client.WhenToolAsync("word-count");
        (await DecidedAsync()).GetProperty("decidedBy").GetString().ShouldBe("mcp:tester");
        var audit = (await _claw.RunAsync("audit", "list", "--function", "approval.approve", "--json")).ShouldSucceed().Json.EnumerateArray().ShouldHaveSingleItem();
        audit.GetProperty("reason").GetString().ShouldBe("by mcp:tester");
    }

    [Fact]
    public async Task Elicitation_PutOff_LeavesItWaiting()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = await LiveClient.ConnectAsync(host, _ =>
        {
            asked.TrySetResult();
            return new ElicitResult { Action = "cancel" };
        });
        (await _claw.RunAsync("plugin", "install", Package.Write(_claw.Home, "1.0.0", """{"network":["a.example.com"]}"""))).ShouldSucceed();
        await asked.Task.WaitAsync(LiveClient.Patience);
        (await _claw.RunAsync("approvals", "list", "--json")).ShouldSucceed().Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("state").GetString().ShouldBe("pending");
        (await client.HasToolAsync("word-count")).ShouldBeFalse();
    }

    private static ElicitResult Answer(string decision) =>
        new() { Action = "accept", Content = new Dictionary<string, JsonElement> { ["decision"] = JsonSerializer.SerializeToElement(decision) } };

    private async Task<JsonElement> DecidedAsync()
    {
        using var limit = new CancellationTokenSource(LiveClient.Patience);
        while (true)
        {
            limit.IsCancellationRequested.ShouldBeFalse("the decision did not arrive");
            var all = (await _claw.RunAsync("approvals", "list", "--all", "--json")).ShouldSucceed().Json.EnumerateArray().ToArray();
            if (all is [var only] && only.GetProperty("state").GetString() != "pending") return only;
        }
    }
}
