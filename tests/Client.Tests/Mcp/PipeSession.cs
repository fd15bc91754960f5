using System.IO.Pipelines;
using ClawGrains.Client.Mcp;
using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Tests.Mcp;

/// <summary>The front end and the SDK's client, joined by pipes in memory.</summary>
internal sealed class PipeSession : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly McpFrontEnd _frontEnd;
    private readonly McpSession _session;
    private readonly Task _running;
    private readonly PipeWriter _input;

    private PipeSession(McpFrontEnd frontEnd, McpSession session, McpClient client, (Task Running, PipeWriter Input) server) =>
        (_frontEnd, _session, Client, _running, _input) = (frontEnd, session, client, server.Running, server.Input);

    public McpClient Client { get; }

    public static Task<PipeSession> OpenAsync(params IMcpFeatureSource[] sources) => OpenAsync(new McpClientOptions(), 100, sources);

    public static async Task<PipeSession> OpenAsync(McpClientOptions clientOptions, int pageSize, params IMcpFeatureSource[] sources)
    {
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var frontEnd = new McpFrontEnd(sources, new McpOptions { PageSize = pageSize }, NullLoggerFactory.Instance);
        var session = frontEnd.CreateSession(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream(), "test"));
        var running = session.RunAsync(CancellationToken.None);
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), clientOptions).WaitAsync(Patience);
        return new PipeSession(frontEnd, session, client, (running, toServer.Writer));
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _input.CompleteAsync();
        await _running.WaitAsync(Patience);
        await _session.DisposeAsync();
        await _frontEnd.DisposeAsync();
    }
}
