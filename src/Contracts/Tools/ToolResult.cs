using System.Collections.Immutable;
using System.Text.Json;

namespace ClawGrains.Contracts;

/// <summary>What a tool answers: content, or an error that is safe to show.</summary>
public sealed record ToolResult
{
    /// <summary>The parts of the answer, in order.</summary>
    public ImmutableArray<MessagePayload> Content { get; init; } = [];

    /// <summary>The answer as JSON, where the tool promises an output schema.</summary>
    public JsonElement? Structured { get; init; }

    /// <summary>Why the call failed; null where it did not.</summary>
    public PluginError? Error { get; init; }

    /// <summary>An answer of one text.</summary>
    public static ToolResult FromText(string text) => new() { Content = [new MessagePayload.Text(text)] };

    /// <summary>A failure.</summary>
    public static ToolResult Failed(PluginError error) =>
        new() { Error = error, Content = [new MessagePayload.Text(error.Message)] };
}
