using System.Net;
using ClawGrains.Client.Mcp.Http;

namespace ClawGrains.Client.Tests.Mcp.Http;

public sealed class SessionTests
{
    [Fact]
    public async Task Session_AnswersUntilItIsDeleted()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(3));
        var session = await server.InitializeAsync();
        using var listed = await server.Http.SendAsync(server.Post(HttpServer.ListTools, session));
        (await HttpServer.MessageOf(listed))["result"]!["tools"]!.AsArray().Count.ShouldBe(3);

        using var delete = new HttpRequestMessage(HttpMethod.Delete, server.Url) { Headers = { { "Mcp-Session-Id", session } } };
        (await server.Http.SendAsync(delete)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Endpoint.SessionCount.ShouldBe(0);
        using var after = await server.Http.SendAsync(server.Post(HttpServer.ListTools, session));
        after.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Request_WithoutASession_Is400()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var response = await server.Http.SendAsync(server.Post(HttpServer.ListTools));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await HttpServer.MessageOf(response))["id"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Sessions_AtOnce_DoNotMix()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.InitializeAsync()));
        sessions.Distinct().Count().ShouldBe(20);
        var codes = await Task.WhenAll(sessions.Select(async s => (await server.Http.SendAsync(server.Post(HttpServer.ListTools, s))).StatusCode));
        codes.ShouldAllBe(c => c == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_BeyondTheLimit_TakesThePlaceOfTheLongestIdle()
    {
        var time = new ManualTime();
        await using var server = await HttpServer.StartAsync(new McpHttpOptions { MaxSessions = 2, Time = time }, FakeSource.Of(1));
        var first = await server.InitializeAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        var second = await server.InitializeAsync();
        time.Advance(TimeSpan.FromSeconds(1));
        await server.InitializeAsync();
        server.Endpoint.SessionCount.ShouldBe(2);
        (await server.Http.SendAsync(server.Post(HttpServer.ListTools, first))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Http.SendAsync(server.Post(HttpServer.ListTools, second))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_IdleForTooLong_Ends()
    {
        var time = new ManualTime();
        await using var server = await HttpServer.StartAsync(new McpHttpOptions { Time = time }, FakeSource.Of(1));
        var session = await server.InitializeAsync();
        time.Advance(TimeSpan.FromMinutes(29));
        server.Endpoint.SessionCount.ShouldBe(1);
        time.Advance(TimeSpan.FromMinutes(2));
        server.Endpoint.SessionCount.ShouldBe(0);
        (await server.Http.SendAsync(server.Post(HttpServer.ListTools, session))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
