using System.Text.Json;
using ClawGrains.Client.Mcp.Sessions;
using ClawGrains.Interfaces;
using ModelContextProtocol.Protocol;

namespace ClawGrains.Client.Mcp.PluginFeatures;

/// <summary>Answers made of what plugins gave.</summary>
internal static class PluginResults
{
    /// <summary>The code of an error that the tool itself answered with.</summary>
    public const string ToolErrorCode = "tool_error";

    /// <summary>The result of a call. An answer that is a JSON object is also given as structured content.</summary>
    public static CallToolResult Of(PluginCallResult outcome)
    {
        if (outcome.Failure is { } failure) return FeatureErrors.ToolResult(failure.ToError());
        if (outcome.ToolError is { } error) return Failed(error);
        return new() { Content = [new TextContentBlock { Text = outcome.Result! }], StructuredContent = Structure(outcome.Result!) };
    }

    private static CallToolResult Failed(string error) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = error }],
        Meta = new() { [FeatureErrors.CodeKey] = ToolErrorCode },
    };

    private static JsonElement? Structure(string result)
    {
        if (!result.AsSpan().TrimStart().StartsWith('{')) return null;
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(result));
        try
        {
            return JsonElement.ParseValue(ref reader) is var value && !reader.Read() ? value : null;
        }
        catch (JsonException)
        {
            // A text that merely begins like an object: it is told as text.
            return null;
        }
    }
}
