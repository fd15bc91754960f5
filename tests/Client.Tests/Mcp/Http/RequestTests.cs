using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp.Http;

namespace ClawGrains.Client.Tests.Mcp.Http;

public sealed class RequestTests
{
    [Theory]
    [InlineData("{", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600)]
    [InlineData("{\"hello\":1}", -32600)]
    [InlineData("null", -32600)]
    public async Task Body_ThatIsNoMessage_Is400WithTheCode(string body, int code)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var response = await server.Http.SendAsync(server.Post(body));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await HttpServer.MessageOf(response))["error"]!["code"]!.GetValue<int>().ShouldBe(code);
    }

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions { MaxBodyBytes = 1000 }, FakeSource.Of(1));
        using var response = await server.Http.SendAsync(server.Post($"\"{new string('x', 2000)}\""));
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Content_OfAnotherType_Is415()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = server.Post("");
        request.Content = new StringContent(HttpServer.Initialize, Encoding.UTF8, "text/plain");
        (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Client_ThatTakesNoStream_Is406()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = server.Post(HttpServer.Initialize);
        request.Headers.Accept.Clear();
        request.Headers.Accept.ParseAdd("application/json");
        (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task Version_Unknown_NamesWhatDiscoverLists()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = server.Post(HttpServer.Initialize);
        request.Headers.Add("MCP-Protocol-Version", "1999-01-01");
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await HttpServer.MessageOf(response))["error"]!;
        error["code"]!.GetValue<int>().ShouldBe(-32022);
        using var discover = await server.Http.SendAsync(server.PostStateless("server/discover"));
        var listed = (await HttpServer.MessageOf(discover))["result"]!["supportedVersions"]!;
        error["data"]!["supported"]!.ToJsonString().ShouldBe(listed.ToJsonString());
    }

    [Fact]
    public async Task Stateless_Request_NeedsNoSession()
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(2));
        using var response = await server.Http.SendAsync(server.PostStateless("tools/list"));
        (await HttpServer.MessageOf(response))["result"]!["tools"]!.AsArray().Count.ShouldBe(2);
        response.Headers.Contains("Mcp-Session-Id").ShouldBeFalse();
        server.Endpoint.SessionCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("Mcp-Method")]
    [InlineData("Mcp-Name")]
    public async Task Stateless_HeaderOtherThanTheBody_Is400(string header)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = server.PostStateless("tools/call", new JsonObject { ["name"] = "tool-0000" });
        request.Headers.Remove(header);
        request.Headers.Add(header, "other");
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await HttpServer.MessageOf(response))["error"]!["code"]!.GetValue<int>().ShouldBe(-32020);
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("initialize")]
    [InlineData("resources/subscribe")]
    [InlineData("none/such")]
    public async Task Stateless_RemovedMethod_Is404(string method)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var response = await server.Http.SendAsync(server.PostStateless(method));
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await HttpServer.MessageOf(response))["error"]!["code"]!.GetValue<int>().ShouldBe(-32601);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    public async Task Stateless_OtherMethods_Are405(string method)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Url);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        using var response = await server.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldContain("POST");
    }
}
