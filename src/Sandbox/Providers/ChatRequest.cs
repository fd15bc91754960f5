using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Providers;

/// <summary>Who speaks.</summary>
public enum ChatRole
{
    /// <summary>The host.</summary>
    System,

    /// <summary>The person.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>A tool's answer.</summary>
    Tool,
}

/// <summary>A tool that the model wants to be run.</summary>
/// <param name="Id">An id for its answer.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">JSON.</param>
public sealed record ChatToolCall(string Id, string Name, string Arguments);

/// <summary>A message of a chat.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Content">The text.</param>
public sealed record ChatMessage(ChatRole Role, string Content)
{
    /// <summary>What the assistant asks for.</summary>
    public ImmutableArray<ChatToolCall> ToolCalls { get; init; } = [];

    /// <summary>The call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }
}

/// <summary>A tool that the model may ask for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="InputSchema">A JSON Schema of type object.</param>
public sealed record ChatTool(string Name, string Description, string InputSchema);

/// <summary>What a provider plugin is asked; <c>request</c> of <c>clawgrains:providers@1.0.0</c>.</summary>
public sealed record ChatRequest
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The chat so far; at least one.</summary>
    public required ImmutableArray<ChatMessage> Messages { get; init; }

    /// <summary>Tools that may be asked for.</summary>
    public ImmutableArray<ChatTool> Tools { get; init; } = [];

    /// <summary>How freely to choose words; null leaves it to the model.</summary>
    public float? Temperature { get; init; }

    /// <summary>The most tokens of the answer; null leaves it to the model.</summary>
    public uint? MaxTokens { get; init; }

    /// <summary>Texts that end the answer.</summary>
    public ImmutableArray<string> Stop { get; init; } = [];
}
