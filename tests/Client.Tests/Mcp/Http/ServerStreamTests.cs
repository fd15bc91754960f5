using ClawGrains.Client.Mcp.Http;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Tests.Mcp.Http;

public sealed class ServerStreamTests
{
    [Fact]
    public async Task Change_IsTold_OnTheGetStream()
    {
        var source = FakeSource.Of(1);
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), source);
        var session = await server.InitializeAsync();
        using var stream = await OpenAsync(server, session, null);
        source.Change(f => f with { Tools = [] });
        (await stream.NextAsync()).ShouldBe(("1", NotificationMethods.ToolListChangedNotification));
    }

    [Fact]
    public async Task Stream_Resumed_GetsWhatItMissed()
    {
        var source = FakeSource.Of(1);
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), source);
        var session = await server.InitializeAsync();
        using (var stream = await OpenAsync(server, session, null))
        {
            source.Change(f => f with { Tools = [] });
            await stream.NextAsync();
        }
        using (var again = await OpenAsync(server, session, "0")) (await again.NextAsync()).Id.ShouldBe("1");
        source.Change(f => f with { Prompts = [] });
        using var last = await OpenAsync(server, session, "1");
        (await last.NextAsync()).ShouldBe(("2", NotificationMethods.PromptListChangedNotification));
    }

    [Fact]
    public async Task Stream_Newest_CarriesTheMessages()
    {
        var source = FakeSource.Of(1);
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), source);
        var session = await server.InitializeAsync();
        using var dead = await OpenAsync(server, session, null);
        using var alive = await OpenAsync(server, session, null);
        source.Change(f => f with { Tools = [] });
        (await alive.NextAsync()).Id.ShouldBe("1");
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Change_ReachesTheSdksClient(string version)
    {
        var source = FakeSource.Of(1);
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), source);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new McpClientOptions { ProtocolVersion = version };
        options.Handlers.NotificationHandlers =
        [
            new(NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                told.TrySetResult();
                return default;
            }),
        ];
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new() { Endpoint = server.Url, TransportMode = HttpTransportMode.StreamableHttp }), options);
        (await client.ListToolsAsync()).Count.ShouldBe(1);
        if (version == "2026-07-28") await ListenAsync(server, source);
        else
        {
            source.Change(f => f with { Tools = [] });
            await told.Task.WaitAsync(PipeSession.Patience);
        }
    }

    // Revision 2026-07-28: the stream is the answer to subscriptions/listen, and the acknowledgement comes first.
    private static async Task ListenAsync(HttpServer server, FakeSource source)
    {
        using var request = server.PostStateless("subscriptions/listen", new() { ["notifications"] = new System.Text.Json.Nodes.JsonObject { ["toolsListChanged"] = true } });
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var stream = new EventReader(response, await response.Content.ReadAsStreamAsync());
        (await stream.NextAsync()).Method.ShouldBe(NotificationMethods.SubscriptionsAcknowledgedNotification);
        source.Change(f => f with { Prompts = [] });
        source.Change(f => f with { Tools = [] });
        (await stream.NextAsync()).Method.ShouldBe(NotificationMethods.ToolListChangedNotification);
    }

    private static async Task<EventReader> OpenAsync(HttpServer server, string session, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Mcp-Session-Id", session);
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var reader = new EventReader(response, await response.Content.ReadAsStreamAsync());
        await reader.PrimingAsync();
        return reader;
    }
}
