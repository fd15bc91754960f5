using System.Text.Json;

namespace ClawGrains.Contracts;

/// <summary>A tool as it is listed.</summary>
public sealed record ToolDescriptor
{
    /// <summary>The name: 1 to 128 of <c>A-Z a-z 0-9 _ - .</c>, as MCP has it.</summary>
    public required string Name { get; init; }

    /// <summary>A title for people; the name where it is null.</summary>
    public string? Title { get; init; }

    /// <summary>What the tool does and when to use it, for a model to read.</summary>
    public required string Description { get; init; }

    /// <summary>A JSON Schema (2020-12) of type <c>object</c> for the arguments.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>A JSON Schema for <see cref="ToolResult.Structured"/>, where the tool promises one.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>Whether the tool leaves everything as it was. Default false: nothing is promised.</summary>
    public bool ReadOnly { get; init; }
}
