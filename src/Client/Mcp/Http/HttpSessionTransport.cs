using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>
/// The transport of an HTTP session: requests and what belongs to them travel over the SDK's transport, and what the
/// server says unasked over our own stream, which survives a broken connection.
/// </summary>
internal sealed class HttpSessionTransport(StreamableHttpServerTransport posts) : ITransport
{
    /// <summary>What the server says unasked.</summary>
    public ServerStream Unasked { get; } = new();

    /// <summary>The requests.</summary>
    public StreamableHttpServerTransport Posts => posts;

    /// <inheritdoc/>
    public string? SessionId => posts.SessionId;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => posts.MessageReader;

    /// <inheritdoc/>
    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        Unasked.Publish(message);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => posts.DisposeAsync();
}
