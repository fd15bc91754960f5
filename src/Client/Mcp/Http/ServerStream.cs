using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>
/// What a session tells its client unasked: numbered, kept in a bounded buffer until a GET stream carries it, and kept
/// a while longer for a client that comes back with <c>Last-Event-ID</c>. Of several open streams the newest carries
/// each message, so that a dead connection does not hold back the one that took its place.
/// </summary>
internal sealed class ServerStream
{
    /// <summary>The greatest number of messages that are kept.</summary>
    public const int Capacity = 256;

    private static readonly JsonTypeInfo<JsonRpcMessage> WireType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly Lock _lock = new();
    private readonly Queue<(long Id, byte[] Json)> _kept = new();
    private readonly List<object> _readers = [];
    private long _last;
    private long _delivered;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Keeps a message for the newest stream.</summary>
    public void Publish(JsonRpcMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, WireType);
        lock (_lock)
        {
            _kept.Enqueue((++_last, json));
            if (_kept.Count > Capacity) _kept.Dequeue();
            Signal();
        }
    }

    /// <summary>Writes messages as server-sent events until the token is cancelled.</summary>
    /// <param name="body">The response.</param>
    /// <param name="resume">What the client asks for.</param>
    /// <param name="keepAlive">The time between comments.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task WriteToAsync(Stream body, StreamResume resume, PeriodicTimer keepAlive, CancellationToken cancellationToken)
    {
        var reader = new object();
        lock (_lock)
        {
            _readers.Add(reader);
            Signal();
        }
        try
        {
            if (resume.Prime) await WriteAsync(body, Event(_delivered, []), cancellationToken);
            foreach (var (id, json) in Replay(resume.LastEventId)) await WriteAsync(body, Event(id, json), cancellationToken);
            await body.FlushAsync(cancellationToken);
            var tick = keepAlive.WaitForNextTickAsync(cancellationToken).AsTask();
            while (true)
            {
                var (next, changed) = Take(reader);
                if (next is { } message)
                {
                    await WriteAsync(body, Event(message.Id, message.Json), cancellationToken);
                    continue;
                }
                if (await Task.WhenAny(changed, tick).WaitAsync(cancellationToken) != tick) continue;
                if (!await tick) return;
                await WriteAsync(body, ":\n\n"u8.ToArray(), cancellationToken);
                tick = keepAlive.WaitForNextTickAsync(cancellationToken).AsTask();
            }
        }
        finally
        {
            lock (_lock)
            {
                _readers.Remove(reader);
                Signal();
            }
        }
    }

    private List<(long Id, byte[] Json)> Replay(long? after)
    {
        lock (_lock) return after is { } id ? [.. _kept.Where(m => m.Id > id && m.Id <= _delivered)] : [];
    }

    private ((long Id, byte[] Json)? Message, Task Changed) Take(object reader)
    {
        lock (_lock)
        {
            if (_readers[^1] != reader) return (null, _changed.Task);
            foreach (var message in _kept)
            {
                if (message.Id <= _delivered) continue;
                _delivered = message.Id;
                return (message, _changed.Task);
            }
            return (null, _changed.Task);
        }
    }

    private void Signal()
    {
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static byte[] Event(long id, ReadOnlySpan<byte> json)
    {
        var writer = new ArrayBufferWriter<byte>(json.Length + 32);
        writer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {id}\ndata: ")));
        writer.Write(json);
        writer.Write("\n\n"u8);
        return writer.WrittenSpan.ToArray();
    }

    private static async Task WriteAsync(Stream body, byte[] bytes, CancellationToken cancellationToken)
    {
        await body.WriteAsync(bytes, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }
}

/// <summary>How a client opens a stream.</summary>
/// <param name="LastEventId">The last message it has, where it comes back.</param>
/// <param name="Prime">Whether its revision begins streams with an empty event that carries an id.</param>
internal readonly record struct StreamResume(long? LastEventId, bool Prime);
