using System.Collections.Concurrent;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>
/// Keeps a session open after the end of its input until the requests it brought are answered, so that
/// <c>printf REQUESTS | claw mcp</c> prints every answer. A subscription, which ends with its session, is not waited for.
/// </summary>
internal sealed class AnsweringTransport : ITransport
{
    /// <summary>How long answers are waited for after the end of standard input.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private const string SubscriptionMethod = "subscriptions/listen";

    private readonly ITransport _inner;
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new() { SingleReader = true, SingleWriter = true });
    private readonly ConcurrentDictionary<RequestId, bool> _unanswered = new();
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _reading;
    private volatile bool _ended;

    /// <param name="inner">The transport.</param>
    /// <param name="patience">How long answers are waited for after the end of the input.</param>
    /// <param name="time">Measures the patience.</param>
    public AnsweringTransport(ITransport inner, TimeSpan patience, TimeProvider time)
    {
        _inner = inner;
        _reading = ReadAsync(patience, time);
    }

    /// <inheritdoc/>
    public string? SessionId => _inner.SessionId;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        await _inner.SendMessageAsync(message, cancellationToken);
        if (message is JsonRpcResponse or JsonRpcError) Forget(((JsonRpcMessageWithId)message).Id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _inner.DisposeAsync();
        await _reading;
        _disposed.Dispose();
    }

    private async Task ReadAsync(TimeSpan patience, TimeProvider time)
    {
        try
        {
            await foreach (var message in _inner.MessageReader.ReadAllAsync(_disposed.Token))
            {
                Remember(message);
                await _messages.Writer.WriteAsync(message, _disposed.Token);
            }
            _ended = true;
            if (!_unanswered.IsEmpty) await _allAnswered.Task.WaitAsync(patience, time, _disposed.Token);
            _messages.Writer.TryComplete();
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // Disposed, or what is left takes too long: the session ends as it is.
            _messages.Writer.TryComplete();
        }
        catch (Exception e)
        {
            _messages.Writer.TryComplete(e);
        }
    }

    private void Remember(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Method: not SubscriptionMethod } request) _unanswered[request.Id] = true;
        if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification } cancelled && CancelledId(cancelled) is { } id) Forget(id);
    }

    private void Forget(RequestId id)
    {
        _unanswered.TryRemove(id, out _);
        if (_ended && _unanswered.IsEmpty) _allAnswered.TrySetResult();
    }

    // A cancelled request is never answered.
    private static RequestId? CancelledId(JsonRpcNotification notification) => notification.Params?["requestId"] switch
    {
        System.Text.Json.Nodes.JsonValue v when v.TryGetValue(out string? text) => new RequestId(text),
        System.Text.Json.Nodes.JsonValue v when v.TryGetValue(out long number) => new RequestId(number),
        _ => null,
    };
}
