using System.Threading.Channels;
using ClawGrains.Client.Connection;
using ClawGrains.Client.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>
/// Joins the standard streams of this process to the MCP endpoint of a running host, message by message, so that an
/// editor that starts <c>claw mcp</c> sees what the host serves.
/// </summary>
internal static class McpBridge
{
    public static async Task RunAsync(HostRecord host, string? token, CancellationToken cancellationToken)
    {
        Console.SetOut(Console.Error);
        using var loggers = new StderrLoggers(LogLevel.Error);
        await using var local = new StdioServerTransport("clawgrains", loggers);
        await using var remote = await ConnectAsync(host, token, loggers, cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var up = PumpAsync(local.MessageReader, remote, local, ending.Token);
        var down = PumpAsync(remote.MessageReader, local, null, ending.Token);
        await Task.WhenAny(up, down);
        await ending.CancelAsync();
        await Task.WhenAll(up, down);
    }

    private static Task<ITransport> ConnectAsync(HostRecord host, string? token, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri($"{host.Url}/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = token is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
        };
        return new HttpClientTransport(options, loggers).ConnectAsync(cancellationToken);
    }

    // A request that can't be carried over is answered here, so that its sender does not wait for ever.
    private static async Task PumpAsync(
        ChannelReader<JsonRpcMessage> from, ITransport to, ITransport? back, CancellationToken cancellationToken)
    {
        var sending = new List<Task>();
        try
        {
            await foreach (var message in from.ReadAllAsync(cancellationToken))
            {
                sending.RemoveAll(t => t.IsCompleted);
                var sent = SendAsync(message, to, back, cancellationToken);
                // The server must know of a session before it is given anything else.
                if (message is JsonRpcRequest { Method: RequestMethods.Initialize }) await sent;
                else sending.Add(sent);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The other direction ended.
        }
        await Task.WhenAll(sending);
    }

    private static async Task SendAsync(JsonRpcMessage message, ITransport to, ITransport? back, CancellationToken cancellationToken)
    {
        try
        {
            await to.SendMessageAsync(message, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This process is ending.
        }
        catch (HttpRequestException e) when (back is not null && message is JsonRpcRequest request)
        {
            var error = new JsonRpcErrorDetail { Code = -32000, Message = $"The ClawGrains host does not answer: {e.Message}" };
            await back.SendMessageAsync(new JsonRpcError { Id = request.Id, Error = error }, cancellationToken);
        }
    }
}
