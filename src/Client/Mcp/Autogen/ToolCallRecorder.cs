using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Client.Mcp.Autogen;

/// <summary>
/// Tells the tenant's grain of tool calls that succeeded. A call only puts a note into a queue; where the queue is full the
/// oldest note is dropped, as a call must never wait for this.
/// </summary>
internal sealed partial class ToolCallRecorder : IAsyncDisposable
{
    private const int Capacity = 1000;
    private const int Batch = 100;

    private readonly Channel<Note> _notes = Channel.CreateBounded<Note>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Func<ImmutableArray<ObservedToolCall>, Task> _tell;
    private readonly ILogger _logger;
    private readonly Task _telling;

    public ToolCallRecorder(Func<ImmutableArray<ObservedToolCall>, Task> tell, ILogger<ToolCallRecorder> logger)
    {
        (_tell, _logger) = (tell, logger);
        _telling = Task.Run(TellAsync);
    }

    /// <summary>A recorder that tells the grain of a tenant.</summary>
    public static ToolCallRecorder Of(IGrainFactory grains, TenantId tenant, ILoggerFactory loggers) =>
        new(calls => grains.GetGrain<IAutogenGrain>(GrainKeys.Of(tenant)).ObserveAsync(calls), loggers.CreateLogger<ToolCallRecorder>());

    /// <summary>Notes a call that succeeded.</summary>
    public void Record(string session, string tool, IDictionary<string, JsonElement>? arguments) => _notes.Writer.TryWrite(new Note(session, tool, arguments));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _notes.Writer.TryComplete();
        await _telling;
    }

    private async Task TellAsync()
    {
        var calls = new List<ObservedToolCall>(Batch);
        while (await _notes.Reader.WaitToReadAsync())
        {
            while (calls.Count < Batch && _notes.Reader.TryRead(out var note)) calls.Add(note.ToCall());
            try
            {
                await _tell([.. calls]);
            }
            catch (Exception e)
            {
                // The calls were answered; that they were not looked at costs nobody anything.
                NotTold(calls.Count, e);
            }
            calls.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} tool calls were not looked at for repeated sequences.")]
    private partial void NotTold(int count, Exception exception);

    private sealed record Note(string Session, string Tool, IDictionary<string, JsonElement>? Arguments)
    {
        public ObservedToolCall ToCall()
        {
            var json = Arguments is null or { Count: 0 } ? "{}" : JsonSerializer.Serialize(Arguments, ArgumentsJson.Default.IDictionaryStringJsonElement);
            return new ObservedToolCall { Session = Session, Tool = Tool, Arguments = json.Length <= ObservedToolCall.MaxArguments ? json : "" };
        }
    }
}

[JsonSerializable(typeof(IDictionary<string, JsonElement>))]
internal sealed partial class ArgumentsJson : JsonSerializerContext;
