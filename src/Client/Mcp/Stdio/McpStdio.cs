using ClawGrains.Client.Mcp.Features;
using ClawGrains.Client.Mcp.Sessions;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>MCP over the standard streams of this process.</summary>
internal static class McpStdio
{
    /// <summary>
    /// Serves until standard input closes or the token is cancelled. Standard output carries the protocol alone:
    /// whatever else is written to the console goes to standard error from here on.
    /// </summary>
    public static async Task RunAsync(
        IReadOnlyList<IMcpFeatureSource> sources, McpOptions options, CancellationToken cancellationToken)
    {
        Console.SetOut(Console.Error);
        using var loggers = new StderrLoggers(LogLevel.Warning);
        await using var frontEnd = new McpFrontEnd(sources, options, loggers);
        await using var transport = AnsweringTransport.OverStandardStreams(loggers);
        await using var session = frontEnd.CreateSession(transport);
        try
        {
            await session.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C ends the server as the end of its input does.
        }
    }
}
