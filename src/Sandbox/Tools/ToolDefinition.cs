namespace ClawGrains.Sandbox.Tools;

/// <summary>A tool that a plugin offers.</summary>
public sealed record ToolDefinition
{
    /// <summary>1 to 128 of <c>A-Z a-z 0-9 _ - .</c>; unique within the plugin.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for a model to read; at most <see cref="ToolDescription.MaxLength"/> characters.</summary>
    public string Description { get; init; } = "";

    /// <summary>A JSON Schema of type <c>object</c> for the arguments, as JSON.</summary>
    public string InputSchema { get; init; } = """{"type":"object"}""";

    /// <summary>A JSON Schema of type <c>object</c> for the result, as JSON; null where none is promised.</summary>
    public string? OutputSchema { get; init; }
}
