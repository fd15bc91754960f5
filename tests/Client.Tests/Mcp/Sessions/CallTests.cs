using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Contracts;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Sessions;

public sealed class CallTests
{
    [Fact]
    public async Task Tool_Unknown_IsInvalidParamsWithAHint()
    {
        await using var session = await PipeSession.OpenAsync(FakeSource.Of(1));
        var error = await Should.ThrowAsync<McpProtocolException>(() => session.Client.CallToolAsync("Tool_0000").AsTask());
        error.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        error.Message.ShouldContain("Did you mean 'tool-0000'?");
    }

    [Fact]
    public async Task Tool_ThatFailsTyped_IsAResultWithTheStableCode()
    {
        var result = await CallAsync((_, _) =>
            throw new PluginException(new PluginError(PluginErrorKind.ResourceExhausted, "Too slow.", ExhaustedResource.Time)));
        result.IsError.ShouldBe(true);
        result.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldBe("resource_exhausted.time: Too slow.");
        result.Meta![FeatureErrors.CodeKey]!.GetValue<string>().ShouldBe("resource_exhausted.time");
    }

    [Fact]
    public async Task Tool_ThatThrows_TellsNothingOfTheInside()
    {
        var result = await CallAsync((_, _) => throw new InvalidOperationException("secret"));
        result.IsError.ShouldBe(true);
        result.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldStartWith("internal: 'tool-0000' failed");
    }

    [Fact]
    public async Task Tool_ThatReportsProgress_ReachesTheCaller()
    {
        var source = FakeSource.Of(1);
        var seen = new TaskCompletionSource<ProgressNotificationValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        source.Calls["tool-0000"] = async (request, ct) =>
        {
            await request.Server.NotifyProgressAsync(request.Params.ProgressToken!.Value, new() { Progress = 1, Total = 2 }, cancellationToken: ct);
            // The SDK's client forgets who listens once it has the answer, so the answer waits.
            await seen.Task.WaitAsync(PipeSession.Patience, ct);
            return FakeSource.Text("done");
        };
        await using var session = await PipeSession.OpenAsync(source);
        await session.Client.CallToolAsync("tool-0000", progress: new Recorder(seen));
        (await seen.Task.WaitAsync(PipeSession.Patience)).Total.ShouldBe(2);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Call_Cancelled_CancelsTheTool(string version)
    {
        var source = FakeSource.Of(1);
        var (started, cancelled) = (NewSignal(), NewSignal());
        source.Calls["tool-0000"] = async (_, ct) =>
        {
            await using var registration = ct.Register(cancelled.SetResult);
            started.SetResult();
            await cancelled.Task;
            ct.ThrowIfCancellationRequested();
            return FakeSource.Text("not reached");
        };
        await using var session = await PipeSession.OpenAsync(new McpClientOptions { ProtocolVersion = version }, 100, source);
        // By hand: the SDK's client may drop its notification when the token that it listens to is cancelled.
        var call = session.Client.SendRequestAsync(new JsonRpcRequest
        {
            Id = new RequestId("c1"), Method = RequestMethods.ToolsCall, Params = new JsonObject { ["name"] = "tool-0000" },
        });
        await started.Task.WaitAsync(PipeSession.Patience);
        await session.Client.SendMessageAsync(new JsonRpcNotification
        {
            Method = NotificationMethods.CancelledNotification, Params = new JsonObject { ["requestId"] = "c1" },
        });
        await cancelled.Task.WaitAsync(PipeSession.Patience);
        (await session.Client.ListToolsAsync()).Count.ShouldBe(1);
        call.IsCompletedSuccessfully.ShouldBeFalse("a cancelled request has no result");
    }

    private static async Task<CallToolResult> CallAsync(
        Func<ModelContextProtocol.Server.RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> call)
    {
        var source = FakeSource.Of(1);
        source.Calls["tool-0000"] = call;
        await using var session = await PipeSession.OpenAsync(source);
        return await session.Client.CallToolAsync("tool-0000");
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Recorder(TaskCompletionSource<ProgressNotificationValue> seen) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => seen.TrySetResult(value);
    }
}
