using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using ClawGrains.Client.Api;
using ClawGrains.Client.Output;

namespace ClawGrains.Client.Commands;

/// <summary>What <c>claw plugin … --json</c> prints: as the API has it, with schemas and results as JSON rather than as text.</summary>
internal static class PluginJson
{
    private static readonly string[] _texts = ["inputSchema", "outputSchema", "result"];

    public static void Write<T>(T value, JsonTypeInfo<T> type)
    {
        var node = JsonSerializer.SerializeToNode(value, type);
        Open(node);
        Terminal.Json(node!, ClientJson.Default.JsonNode);
    }

    private static void Open(JsonNode? node)
    {
        if (node is JsonArray list) foreach (var item in list) Open(item);
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToArray())
        {
            if (value is JsonValue text && _texts.Contains(name) && text.TryGetValue(out string? json)) members[name] = Parsed(json);
            else Open(value);
        }
    }

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // A result need not be JSON: it stays text.
            return text;
        }
    }
}
