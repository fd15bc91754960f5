using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClawGrains.Client.Tests.Mcp.Http;

/// <summary>The endpoint on a port of the loopback interface, and plain HTTP requests to it.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly McpFrontEnd _frontEnd;

    private HttpServer(WebApplication app, McpEndpoint endpoint, McpFrontEnd frontEnd)
    {
        (_app, Endpoint, _frontEnd) = (app, endpoint, frontEnd);
        Url = new Uri(app.Urls.Single() + "/mcp");
    }

    public McpEndpoint Endpoint { get; }

    public Uri Url { get; }

    public HttpClient Http { get; } = new() { Timeout = PipeSession.Patience };

    public static async Task<HttpServer> StartAsync(McpHttpOptions options, params IMcpFeatureSource[] sources)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var frontEnd = new McpFrontEnd(sources, new McpOptions(), NullLoggerFactory.Instance);
        var endpoint = app.MapClawGrainsMcp("/mcp", options, _ => frontEnd);
        await app.StartAsync();
        return new HttpServer(app, endpoint, frontEnd);
    }

    /// <summary>A POST of a message, as a client of an older revision sends it.</summary>
    public HttpRequestMessage Post(string body, string? session = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (session is not null) request.Headers.Add("Mcp-Session-Id", session);
        return request;
    }

    /// <summary>A POST of a request of revision 2026-07-28.</summary>
    public HttpRequestMessage PostStateless(string method, JsonObject? parameters = null)
    {
        parameters ??= [];
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
        };
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters };
        var request = Post(message.ToJsonString());
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);
        return request;
    }

    /// <summary>Begins a session, and returns its id.</summary>
    public async Task<string> InitializeAsync(string? token = null)
    {
        using var request = Post(Initialize);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        var session = response.Headers.GetValues("Mcp-Session-Id").Single();
        using var initialized = Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", session);
        if (token is not null) initialized.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await Http.SendAsync(initialized)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Accepted);
        return session;
    }

    public const string Initialize = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
        """;

    public const string ListTools = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    /// <summary>The JSON-RPC message of a response, be it JSON or the last event of a stream.</summary>
    public static async Task<JsonNode> MessageOf(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var data = text.Split('\n').LastOrDefault(l => l.StartsWith("data: ", StringComparison.Ordinal));
        return JsonNode.Parse(data is null ? text : data["data: ".Length..])!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await Endpoint.DisposeAsync();
        await _frontEnd.DisposeAsync();
        await _app.DisposeAsync();
    }
}
