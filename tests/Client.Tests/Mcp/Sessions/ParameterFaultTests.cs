using System.Text;
using System.Text.Json.Nodes;
using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Http;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Client.Mcp.Stdio;
using ClawGrains.Client.Tests.Mcp.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClawGrains.Client.Tests.Mcp.Sessions;

/// <summary>Requests whose parameters can't be read, as lines of text: the SDK's client would not send them.</summary>
public sealed class ParameterFaultTests
{
    public static readonly TheoryData<string, string, string> Requests = new()
    {
        { "tools/call", """{"name":"tool-0000","arguments":{"text":"a\ud800b"}}""", "params.arguments.text has half of a surrogate pair" },
        { "tools/call", """{"name":"tool-0000","arguments":{"a":[1,{"b":"\udc00"}]}}""", "params.arguments.a[1].b has half of a surrogate pair" },
        { "tools/call", """{"name":"tool-0000","arguments":{"\ud800":1}}""", "params.arguments has half of a surrogate pair" },
        { "tools/call", """{"name":"tool-0000","arguments":[1]}""", "params.arguments must be an object" },
        { "tools/call", """{"name":"tool-0000","arguments":"x"}""", "params.arguments must be an object" },
        { "tools/call", """{"arguments":{}}""", "params.name is missing" },
        { "tools/call", """{"name":7}""", "params.name must be a string" },
        { "tools/call", "[1]", "params must be an object" },
        { "prompts/get", """{"name":"prompt-0000","arguments":[1]}""", "params.arguments must be an object" },
        { "resources/read", """{"uri":"\ud800"}""", "params.uri has half of a surrogate pair" },
        { "tools/list", """{"cursor":{}}""", "params.cursor must be a string" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task OverStdio_AreInvalidParamsThatNameTheFault(string method, string parameters, string fault)
    {
        using var output = new MemoryStream();
        await using var frontEnd = new McpFrontEnd([FakeSource.Of(1)], new McpOptions(), NullLoggerFactory.Instance);
        await using (var transport = new AnsweringTransport(Input(method, parameters), output, NullLoggerFactory.Instance))
        await using (var session = frontEnd.CreateSession(transport))
            await session.RunAsync(CancellationToken.None).WaitAsync(PipeSession.Patience);
        ShouldTell(Answer(output), fault);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task OverTheBridge_AreInvalidParamsThatNameTheFault(string method, string parameters, string fault)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var output = new MemoryStream();
        await using (var transport = new AnsweringTransport(Input(method, parameters), output, NullLoggerFactory.Instance))
            await McpBridge.RunAsync(transport, server.Url, null, NullLoggerFactory.Instance, CancellationToken.None).WaitAsync(PipeSession.Patience);
        ShouldTell(Answer(output), fault);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task OverHttp_InASession_AreInvalidParamsThatNameTheFault(string method, string parameters, string fault)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        var session = await server.InitializeAsync();
        using var response = await server.Http.SendAsync(server.Post(Request(method, parameters), session));
        ShouldTell(await HttpServer.MessageOf(response), fault);
    }

    [Theory]
    [InlineData("""{"text":"\ud800"}""", "params.arguments.text has half of a surrogate pair")]
    [InlineData("[1]", "params.arguments must be an object")]
    public async Task OverHttp_WithoutASession_AreInvalidParamsThatNameTheFault(string arguments, string fault)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var request = server.PostStateless("tools/call", new JsonObject { ["name"] = "tool-0000", ["arguments"] = "HERE" });
        request.Headers.Add("Mcp-Name", "tool-0000");
        var body = (await request.Content!.ReadAsStringAsync()).Replace("\"HERE\"", arguments, StringComparison.Ordinal);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Http.SendAsync(request);
        ShouldTell(await HttpServer.MessageOf(response), fault);
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b"}""", "params has two fields of one name")]
    [InlineData("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"\ud800"},"name":"a"}""", "params._meta.io.modelcontextprotocol/protocolVersion has half")]
    public async Task OverHttp_BeforeTheSession_AreInvalidParamsThatNameTheFault(string parameters, string fault)
    {
        await using var server = await HttpServer.StartAsync(new McpHttpOptions(), FakeSource.Of(1));
        using var response = await server.Http.SendAsync(server.Post(Request("tools/call", parameters), await server.InitializeAsync()));
        ShouldTell(await HttpServer.MessageOf(response), fault);
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("""{"requestId":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task CancellationOfNothing_IsPassedOver(string parameters)
    {
        using var output = new MemoryStream();
        await using var frontEnd = new McpFrontEnd([FakeSource.Of(1)], new McpOptions(), NullLoggerFactory.Instance);
        using var input = Lines(HttpServer.Initialize, $$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{{parameters}}}""", Request("tools/list", "{}"));
        await using (var transport = new AnsweringTransport(input, output, NullLoggerFactory.Instance))
        await using (var session = frontEnd.CreateSession(transport))
            await session.RunAsync(CancellationToken.None).WaitAsync(PipeSession.Patience);
        Answer(output)["result"]!["tools"]!.AsArray().Count.ShouldBe(1);
    }

    private static void ShouldTell(JsonNode answer, string fault)
    {
        answer["id"]!.GetValue<int>().ShouldBe(1);
        answer["error"]!["message"]!.GetValue<string>().ShouldStartWith(fault);
        answer["error"]!["code"]!.GetValue<int>().ShouldBe(-32602);
    }

    private static string Request(string method, string parameters) => $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";

    private static MemoryStream Input(string method, string parameters) =>
        Lines(HttpServer.Initialize, """{"jsonrpc":"2.0","method":"notifications/initialized"}""", Request(method, parameters));

    private static MemoryStream Lines(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l.Trim() + "\n"))));

    private static JsonNode Answer(MemoryStream output) =>
        Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)
            .Single(m => m["id"]?.ToString() == "1");
}
