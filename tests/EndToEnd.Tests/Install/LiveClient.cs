using System.Text.Json;
using System.Threading.Channels;
using ClawGrains.EndToEnd.Tests.Command;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.EndToEnd.Tests.Install;

/// <summary>The official SDK's client, connected to a host, with the notifications it was sent in their order.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    /// <summary>How long anything is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Watched =
    [
        NotificationMethods.ToolListChangedNotification, NotificationMethods.PromptListChangedNotification,
        NotificationMethods.ResourceListChangedNotification, NotificationMethods.ResourceUpdatedNotification,
    ];

    private readonly Channel<JsonRpcNotification> _notices = Channel.CreateUnbounded<JsonRpcNotification>();

    private LiveClient()
    {
    }

    public McpClient Client { get; private set; } = null!;

    /// <summary>Connects in a revision with sessions, in which changes are told without being asked for.</summary>
    /// <param name="host">The host; its client shows the token.</param>
    /// <param name="answer">Answers elicitations; null where the client declares none.</param>
    public static async Task<LiveClient> ConnectAsync(ClawHost host, Func<ElicitRequestParams, ElicitResult>? answer = null)
    {
        var mcp = new LiveClient();
        var transport = new HttpClientTransport(new() { Endpoint = new Uri($"{host.Url}/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, host.Http);
        mcp.Client = await McpClient.CreateAsync(transport, new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "tester", Version = "1" },
            ProtocolVersion = "2025-11-25",
            Capabilities = answer is null ? null : new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new() } },
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = answer is null ? null : (request, _) => ValueTask.FromResult(answer(request!)),
                NotificationHandlers = [.. Watched.Select(m => KeyValuePair.Create<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>(m, (n, _) => mcp._notices.Writer.WriteAsync(n, CancellationToken.None)))],
            },
        });
        return mcp;
    }

    /// <summary>The next notification.</summary>
    public async Task<JsonRpcNotification> NextAsync(string phase)
    {
        try
        {
            return await _notices.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"no notification within {Patience}: {phase}", e);
        }
    }

    /// <summary>What was sent so far and not taken yet.</summary>
    public IReadOnlyList<JsonRpcNotification> Rest()
    {
        var rest = new List<JsonRpcNotification>();
        while (_notices.Reader.TryRead(out var notice)) rest.Add(notice);
        return rest;
    }

    public async Task<bool> HasToolAsync(string name) => (await Client.ListToolsAsync()).Any(t => t.Name == name);

    /// <summary>Waits until the list has a tool, or has it no more.</summary>
    public async Task WhenToolAsync(string name, bool there = true)
    {
        while (await HasToolAsync(name) != there) await NextAsync($"the tool {name} is {(there ? "not listed" : "still listed")}");
    }

    /// <summary>Calls a tool with arguments given as JSON.</summary>
    public async Task<CallToolResult> CallAsync(string tool, string arguments = "{}") => await Client.CallToolAsync(
        tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments));

    /// <summary>The text of a call that must succeed.</summary>
    public async Task<string> TextAsync(string tool, string arguments = "{}")
    {
        var result = await CallAsync(tool, arguments);
        var text = ((TextContentBlock)result.Content[0]).Text;
        result.IsError.ShouldNotBe(true, text);
        return text;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
