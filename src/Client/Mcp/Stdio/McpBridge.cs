using System.Net.Http.Headers;
using ClawGrains.Client.Hosting;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>
/// Serves a stdio client from a host that is already running: every message goes on to its HTTP endpoint, and every
/// answer and notification comes back, unread.
/// </summary>
internal static class McpBridge
{
    /// <summary>Carries messages until standard input closes, the host ends the session, or the token is cancelled.</summary>
    /// <param name="host">The host.</param>
    /// <param name="token">The bearer token, or null where the host needs none.</param>
    /// <param name="cancellationToken">Ends the bridge.</param>
    public static async Task RunAsync(HostRecord host, string? token, CancellationToken cancellationToken)
    {
        Console.SetOut(Console.Error);
        using var loggers = new StderrLoggers(LogLevel.Warning);
        await using var client = AnsweringTransport.OverStandardStreams(loggers);
        await RunAsync(client, new Uri($"{host.Url}/mcp"), token, loggers, cancellationToken);
    }

    internal static async Task RunAsync(
        ITransport client, Uri endpoint, string? token, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        // No limit on how long an answer takes: a tool may ask its user.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var options = new HttpClientTransportOptions { Endpoint = endpoint, TransportMode = HttpTransportMode.StreamableHttp };
        await using var transport = new HttpClientTransport(options, http, loggers, ownsHttpClient: false);
        await using var host = await transport.ConnectAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var there = PumpAsync(client, host, either.Token);
        var back = PumpAsync(host, client, either.Token);
        await Task.WhenAny(there, back);
        await either.CancelAsync();
        await Task.WhenAll(there, back);
    }

    // Each message is sent on without waiting for the one before: a long request must not hold back its cancellation.
    private static async Task PumpAsync(ITransport from, ITransport to, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in from.MessageReader.ReadAllAsync(cancellationToken))
            {
                var sending = SendAsync(from, to, message, cancellationToken);
                // What begins a session decides the headers of all that follows.
                if (message is JsonRpcRequest { Method: RequestMethods.Initialize }) await sending;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The other direction ended, or the program is being stopped.
        }
    }

    private static async Task SendAsync(ITransport from, ITransport to, JsonRpcMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await to.SendMessageAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException && message is JsonRpcRequest request)
        {
            var error = ParameterFaults.Explain(e, request) is { } fault
                ? new JsonRpcErrorDetail { Code = (int)McpErrorCode.InvalidParams, Message = fault }
                : new JsonRpcErrorDetail { Code = (int)McpErrorCode.InternalError, Message = $"The host does not answer: {e.Message}" };
            await from.SendMessageAsync(new JsonRpcError { Id = request.Id, Error = error }, cancellationToken);
        }
    }
}
