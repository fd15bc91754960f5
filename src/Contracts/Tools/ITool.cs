using System.Text.Json;

namespace ClawGrains.Contracts;

/// <summary>Something a model, a person or another program can call by name with JSON arguments.</summary>
public interface ITool
{
    /// <summary>What the tool is called, says of itself, and takes.</summary>
    ToolDescriptor Descriptor { get; }

    /// <summary>Runs the tool once.</summary>
    /// <param name="arguments">A JSON object that fits <see cref="ToolDescriptor.InputSchema"/>.</param>
    /// <param name="context">Who calls, and what the call may use.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The result; failures a caller can act on are results with an error, not exceptions.</returns>
    ValueTask<ToolResult> ExecuteAsync(JsonElement arguments, IToolContext context, CancellationToken cancellationToken);
}
