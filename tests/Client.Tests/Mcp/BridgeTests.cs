using System.IO.Pipelines;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Mcp.Stdio;
using ClawGrains.Client.Tests.Mcp.Http;
using ClawGrains.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Tests.Mcp;

public sealed class BridgeTests
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Bridge_CarriesRequestsErrorsAndNotices(string version)
    {
        var source = FakeSource.Of(3);
        var options = new McpHttpOptions { Credentials = [McpCredential.Of(TenantId.Default, "right")] };
        await using var server = await HttpServer.StartAsync(options, source);
        var (toBridge, toClient) = (new Pipe(), new Pipe());
        var bridge = McpBridge.RunAsync(
            new StreamServerTransport(toBridge.Reader.AsStream(), toClient.Writer.AsStream(), "bridge"),
            server.Url, "right", NullLoggerFactory.Instance, CancellationToken.None);

        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clientOptions = new McpClientOptions { ProtocolVersion = version };
        clientOptions.Handlers.NotificationHandlers = [new(NotificationMethods.ToolListChangedNotification, (_, _) =>
        {
            told.TrySetResult();
            return default;
        })];
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(toBridge.Writer.AsStream(), toClient.Reader.AsStream()), clientOptions).WaitAsync(PipeSession.Patience);
        (await client.ListToolsAsync()).Count.ShouldBe(3);
        await Should.ThrowAsync<ModelContextProtocol.McpProtocolException>(() => client.CallToolAsync("none").AsTask());
        if (version == "2025-11-25")
        {
            source.Change(f => f with { Tools = [] });
            await told.Task.WaitAsync(PipeSession.Patience);
        }
        await client.DisposeAsync();
        await toBridge.Writer.CompleteAsync();
        await bridge.WaitAsync(PipeSession.Patience);
    }
}
