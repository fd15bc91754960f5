using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ClawGrains.Client.Mcp.Stdio;

/// <summary>
/// A transport over streams that stays open after the end of its input until the requests it brought are answered, so
/// that <c>printf REQUESTS | claw mcp</c> prints every answer. A subscription ends with its session and is not waited for.
/// </summary>
internal sealed class AnsweringTransport : ITransport
{
    /// <summary>How long answers are waited for after the end of the input.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string SubscriptionMethod = "subscriptions/listen";
    private const string EndMethod = "clawgrains/end-of-input";

    // Comes after all messages, so that whoever reads it knows every request. The first line feed ends an unfinished line.
    private static readonly ReadOnlyMemory<byte> EndMarker = Encoding.UTF8.GetBytes($"\n{{\"jsonrpc\":\"2.0\",\"method\":\"{EndMethod}\"}}\n");

    private readonly StreamServerTransport _inner;
    private readonly Channel<JsonRpcMessage> _messages = Channel.CreateUnbounded<JsonRpcMessage>(new() { SingleReader = true, SingleWriter = true });
    private readonly ConcurrentDictionary<RequestId, bool> _unanswered = new();
    private readonly TaskCompletionSource _allAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private volatile bool _ended;

    /// <param name="input">Where messages come from, a line each.</param>
    /// <param name="output">Where they go to.</param>
    /// <param name="loggers">Make the transport's logger.</param>
    public AnsweringTransport(Stream input, Stream output, ILoggerFactory loggers)
    {
        _inner = new StreamServerTransport(new HeldInput(input, EndMarker, EndAsync), output, "clawgrains", loggers);
        _reading = ReadAsync();
    }

    /// <inheritdoc/>
    public string? SessionId => _inner.SessionId;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    /// <summary>Over the standard streams of this process.</summary>
    public static AnsweringTransport OverStandardStreams(ILoggerFactory loggers) =>
        new(Console.OpenStandardInput(), new BufferedStream(Console.OpenStandardOutput()), loggers);

    /// <inheritdoc/>
    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        await _inner.SendMessageAsync(message, cancellationToken);
        if (message is JsonRpcResponse or JsonRpcError) Forget(((JsonRpcMessageWithId)message).Id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync()
    {
        Exception? failure = null;
        try
        {
            await foreach (var message in _inner.MessageReader.ReadAllAsync())
                if (!IsEnd(message)) Take(message);
        }
        catch (Exception e)
        {
            failure = e;
        }
        _messages.Writer.TryComplete(failure);
    }

    private bool IsEnd(JsonRpcMessage message)
    {
        if (message is not JsonRpcNotification { Method: EndMethod }) return false;
        _ended = true;
        Check();
        return true;
    }

    private void Take(JsonRpcMessage message)
    {
        Remember(message);
        _messages.Writer.TryWrite(message);
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _allAnswered.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What is still unanswered takes too long: the session ends as it is.
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
        Check();
    }

    private void Check()
    {
        if (_ended && _unanswered.IsEmpty) _allAnswered.TrySetResult();
    }

    // A cancelled request is never answered.
    private static RequestId? CancelledId(JsonRpcNotification notification)
    {
        try
        {
            return (notification.Params as JsonObject)?["requestId"] switch
            {
                JsonValue v when v.TryGetValue(out string? text) => new RequestId(text),
                JsonValue v when v.TryGetValue(out long number) => new RequestId(number),
                _ => null,
            };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Half of a surrogate pair, or a name that is there twice: it names no request, and a notification has no answer.
            return null;
        }
    }
}
