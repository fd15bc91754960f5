namespace ClawGrains.Components.Wasi;

/// <summary>
/// The <c>connect-timeout</c> that a component set for a request, which only who makes the connection can keep. The
/// other timeouts of <c>request-options</c> are kept by the host of <c>wasi:http</c> itself.
/// </summary>
public static class WasiHttpTimeouts
{
    private static readonly HttpRequestOptionsKey<ConnectLimit> Key = new("wasi:http/connect-timeout");

    internal static void SetConnectTimeout(HttpRequestMessage request, TimeSpan time, TimeProvider clock) => request.Options.Set(Key, new(time, clock));

    /// <summary>Lets a request that is sent in another's place have its timeout.</summary>
    public static void CopyTo(HttpRequestMessage from, HttpRequestMessage to)
    {
        if (from.Options.TryGetValue(Key, out var limit)) to.Options.Set(Key, limit);
    }

    /// <summary>
    /// Connects within the request's timeout, if it has one; for <see cref="SocketsHttpHandler.ConnectCallback"/>, with
    /// the context's initial request. Throws <see cref="WasiHttpException"/> with <c>connection-timeout</c>.
    /// </summary>
    public static async ValueTask<Stream> ConnectAsync(HttpRequestMessage request, Func<CancellationToken, ValueTask<Stream>> connect, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Key, out var limit)) return await connect(cancellationToken).ConfigureAwait(false);
        using var timer = new CancellationTokenSource(limit.Time, limit.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await connect(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new WasiHttpException("connection-timeout", "The connection was not made in time.");
        }
    }

    private sealed record ConnectLimit(TimeSpan Time, TimeProvider Clock);
}
