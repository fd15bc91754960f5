using System.Diagnostics;
using System.Threading.Channels;
using ClawGrains.Host.Bench;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Live.Bench;

/// <summary>The SDK's MCP client, which lists again whenever it is told that the tools changed.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    // The last revision in which a client is told without asking for it.
    private const string Revision = "2025-11-25";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly McpClient _client;
    private readonly Channel<long> _changes;

    private LiveClient(McpClient client, Channel<long> changes) => (_client, _changes) = (client, changes);

    public static Task<LiveClient> OverHttpAsync(string url) =>
        OpenAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri($"{url}/mcp"), TransportMode = HttpTransportMode.StreamableHttp }));

    public static Task<LiveClient> OverStdioAsync(string claw, Workspace workspace) => OpenAsync(new StdioClientTransport(new StdioClientTransportOptions
    {
        Command = claw, Arguments = ["mcp", "--workspace", workspace.Folder, "--data", workspace.Data],
    }));

    /// <summary>Edits a skill; the milliseconds until the client was told, and until it had the list with the edit.</summary>
    public async Task<(double Told, double Listed)> EditAsync(Workspace workspace, int skill, int round)
    {
        var mark = $"Edit {round} of {skill}.";
        var file = Path.Combine(workspace.Folder, "skills", $"skill-{skill:0000}", "SKILL.md");
        var text = (await File.ReadAllTextAsync(file)).Replace("description: ", $"description: {mark} ");
        var begun = Stopwatch.GetTimestamp();
        await File.WriteAllTextAsync(file, text);
        using var limit = new CancellationTokenSource(_patience);
        while (true)
        {
            var told = await _changes.Reader.ReadAsync(limit.Token);
            var tools = await _client.ListToolsAsync(cancellationToken: limit.Token);
            var listed = Stopwatch.GetTimestamp();
            if (tools.Any(t => t.Description.Contains(mark, StringComparison.Ordinal)))
                return (Stopwatch.GetElapsedTime(begun, told).TotalMilliseconds, Stopwatch.GetElapsedTime(begun, listed).TotalMilliseconds);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static async Task<LiveClient> OpenAsync(IClientTransport transport)
    {
        var changes = Channel.CreateUnbounded<long>();
        var options = new McpClientOptions { ProtocolVersion = Revision };
        options.Handlers.NotificationHandlers = [new(NotificationMethods.ToolListChangedNotification, (_, token) => changes.Writer.WriteAsync(Stopwatch.GetTimestamp(), token))];
        var client = await McpClient.CreateAsync(transport, options);
        await client.ListToolsAsync();
        return new LiveClient(client, changes);
    }
}
