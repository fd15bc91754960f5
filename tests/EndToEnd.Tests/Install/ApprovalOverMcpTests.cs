using System.Text.Json;
using ClawGrains.EndToEnd.Tests.Command;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.EndToEnd.Tests.Install;

public sealed class ApprovalOverMcpTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Theory]
    [InlineData("approve", true)]
    [InlineData("reject", false)]
    public async Task Elicitation_ClientThatCan_IsAskedAndDecides(string answer, bool installed)
    {
        await using var host = await _claw.ServeAsync("--auth", "none");
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var client = await ConnectAsync(host, request =>
        {
            asked.TrySetResult(request!.Message);
            return new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement> { ["decision"] = JsonSerializer.SerializeToElement(answer) } };
        });
        await client.ListToolsAsync();
        var source = Path.GetDirectoryName(_claw.Home.WriteSkill("elsewhere/tides", "tides", body: "```sh\ntide\n```"))!;
        (await _claw.RunAsync("skill", "install", source, "--yes", "--json")).ShouldSucceed().Json.GetProperty("state").GetString().ShouldBe("pending");
        (await asked.Task.WaitAsync(Patience)).ShouldContain("commands in SKILL.md");
        var decided = await DecidedAsync();
        decided.GetProperty("state").GetString().ShouldBe(installed ? "approved" : "rejected");
        decided.GetProperty("decidedBy").GetString().ShouldBe("mcp:tester");
        (await _claw.RunAsync("skill", "show", "tides")).ExitCode.ShouldBe(installed ? 0 : 1);
    }

    private static async Task<McpClient> ConnectAsync(ClawHost host, Func<ElicitRequestParams?, ElicitResult> answer)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri($"{host.Url}/mcp"), TransportMode = HttpTransportMode.StreamableHttp });
        return await McpClient.CreateAsync(transport, new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "tester", Version = "1" },
            ProtocolVersion = "2025-11-25",
            Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new() } },
            Handlers = new McpClientHandlers { ElicitationHandler = (request, _) => ValueTask.FromResult(answer(request)) },
        });
    }

    private async Task<JsonElement> DecidedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            limit.IsCancellationRequested.ShouldBeFalse("the decision did not arrive");
            var all = (await _claw.RunAsync("approvals", "list", "--all", "--json")).ShouldSucceed().Json.EnumerateArray().ToArray();
            if (all is [var only] && only.GetProperty("state").GetString() != "pending") return only;
        }
    }
}
