using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Contracts;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>A session of a revision with <c>initialize</c>: belongs to one tenant, and knows whether it is in use.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly McpSession _session;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _running;
    private int _uses;
    private long _lastUse;

    public HttpSession(string id, TenantId tenant, McpFrontEnd frontEnd, HttpSessionTransport transport, TimeProvider time)
    {
        (Id, Tenant, Transport, _time) = (id, tenant, transport, time);
        _lastUse = time.GetTimestamp();
        Closed = _closed.Token;
        _session = frontEnd.CreateSession(transport);
        _running = Task.Run(() => _session.RunAsync(Closed), CancellationToken.None);
    }

    /// <summary>The value of <c>Mcp-Session-Id</c>.</summary>
    public string Id { get; }

    /// <summary>Whose session it is.</summary>
    public TenantId Tenant { get; }

    /// <summary>Its transport.</summary>
    public HttpSessionTransport Transport { get; }

    /// <summary>Cancelled when the session ends.</summary>
    public CancellationToken Closed { get; }

    /// <summary>How long no request and no stream has used it; null while one does.</summary>
    public TimeSpan? Idle => Volatile.Read(ref _uses) > 0 ? null : _time.GetElapsedTime(Volatile.Read(ref _lastUse));

    /// <summary>Marks the session as in use until the result is disposed.</summary>
    public IDisposable Use()
    {
        Interlocked.Increment(ref _uses);
        return new Lease(this);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closed.IsCancellationRequested) return;
        await _closed.CancelAsync();
        await Transport.DisposeAsync();
        await _running;
        await _session.DisposeAsync();
    }

    private sealed class Lease(HttpSession session) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref session._lastUse, session._time.GetTimestamp());
            Interlocked.Decrement(ref session._uses);
        }
    }
}
