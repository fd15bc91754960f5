using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Contracts;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>The sessions of the endpoint: bounded in number, and ended when idle for too long.</summary>
internal sealed partial class HttpSessions : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly McpHttpOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly ITimer _sweep;
    private readonly Lock _admission = new();

    public HttpSessions(McpHttpOptions options, ILoggerFactory loggers)
    {
        (_options, _loggers, _logger) = (options, loggers, loggers.CreateLogger<HttpSessions>());
        var period = TimeSpan.FromTicks(Math.Max(options.SessionIdleTimeout.Ticks / 4, TimeSpan.TicksPerSecond / 10));
        _sweep = options.Time.CreateTimer(_ => Sweep(), null, period, period);
    }

    /// <summary>How many sessions there are.</summary>
    public int Count => _sessions.Count;

    /// <summary>Opens a session; null where there are as many as there may be, all of them in use.</summary>
    public HttpSession? TryOpen(TenantId tenant, McpFrontEnd frontEnd)
    {
        lock (_admission)
        {
            if (_sessions.Count >= _options.MaxSessions && !MakeRoom()) return null;
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var posts = new StreamableHttpServerTransport(_loggers) { SessionId = id };
            return _sessions[id] = new HttpSession(id, tenant, frontEnd, new HttpSessionTransport(posts), _options.Time);
        }
    }

    /// <summary>The session of that id and tenant, or null. Another tenant's session is as unknown as none.</summary>
    public HttpSession? Find(string id, TenantId tenant) =>
        _sessions.TryGetValue(id, out var session) && session.Tenant == tenant ? session : null;

    /// <summary>Ends a session.</summary>
    public async Task CloseAsync(HttpSession session)
    {
        if (_sessions.TryRemove(session.Id, out _)) await session.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        await Task.WhenAll(_sessions.Values.Select(CloseAsync));
    }

    private void Sweep()
    {
        foreach (var session in _sessions.Values)
            if (session.Idle > _options.SessionIdleTimeout) Close(session, "it was idle");
    }

    private bool MakeRoom()
    {
        var oldest = _sessions.Values.Where(s => s.Idle is not null).MaxBy(s => s.Idle);
        if (oldest is null) return false;
        Close(oldest, "there are too many sessions");
        return true;
    }

    private void Close(HttpSession session, string reason)
    {
        if (!_sessions.TryRemove(session.Id, out _)) return;
        Closing(session.Id, reason);
        _ = DisposeAsync(session);
    }

    private async Task DisposeAsync(HttpSession session)
    {
        try
        {
            await session.DisposeAsync();
        }
        catch (Exception e)
        {
            CloseFailed(session.Id, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "MCP session {Session} is ended: {Reason}.")]
    private partial void Closing(string session, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "MCP session {Session} did not end cleanly.")]
    private partial void CloseFailed(string session, Exception exception);
}
