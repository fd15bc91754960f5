using System.Net;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Who may reach the MCP endpoint, and how much it holds for them.</summary>
internal sealed record McpHttpOptions
{
    /// <summary>
    /// The tokens that are accepted. Where there are none, anyone who reaches the endpoint over the loopback
    /// interface is served as <see cref="TenantId.Default"/>, and no one else is.
    /// </summary>
    public IReadOnlyList<McpCredential> Credentials { get; init; } = [];

    /// <summary>Values of <c>Host</c> (without port) that are accepted besides the loopback names, such as a proxy's. Default: none.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Values of <c>Origin</c> that are accepted besides loopback origins, such as <c>https://app.example</c>. Default: none.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>The greatest request body in bytes. Default: 4 MB.</summary>
    public long MaxBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The greatest number of sessions; the longest idle one makes room for a new one. Default: 1000.</summary>
    public int MaxSessions { get; init; } = 1000;

    /// <summary>How long a session without requests and open streams is kept. Default: 30 minutes.</summary>
    public TimeSpan SessionIdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often an open stream carries a comment, which finds dead connections. Default: 30 seconds.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Checks that a host without tokens listens on the loopback interface alone.</summary>
    /// <exception cref="InvalidOperationException">It would serve others without asking who they are.</exception>
    public void RequireSafe(IEnumerable<IPAddress> listening)
    {
        if (Credentials.Count > 0) return;
        if (listening.FirstOrDefault(a => !IPAddress.IsLoopback(a)) is { } open)
            throw new InvalidOperationException(
                $"--auth none would let anyone who reaches {open} use this host. Listen on 127.0.0.1, or leave --auth out.");
    }
}
