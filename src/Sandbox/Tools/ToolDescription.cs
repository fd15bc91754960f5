using System.Collections.Immutable;
using System.Text.Json;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Tools;

/// <summary>Reads what a plugin says of its tools. It is a stranger's text: names, sizes and schemas are checked.</summary>
public static class ToolDescription
{
    /// <summary>The most tools of a plugin.</summary>
    public const int MaxTools = 256;

    /// <summary>The most characters of a description.</summary>
    public const int MaxLength = 8_192;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] InputNames = ["input_schema", "inputSchema", "parameters", "schema"];
    private static readonly string[] OutputNames = ["output_schema", "outputSchema"];

    /// <summary>
    /// The tools of a JSON object with the member <c>tools</c>, or of a JSON array: each with <c>name</c>,
    /// <c>description</c> and <c>input_schema</c> (also <c>parameters</c>).
    /// </summary>
    /// <exception cref="PluginException">It is not that; the message says where.</exception>
    public static ImmutableArray<ToolDefinition> Read(string json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("tools", out var tools) ? tools : root;
        if (list.ValueKind != JsonValueKind.Array) throw Bad("describe gives no list of tools");
        if (list.GetArrayLength() > MaxTools) throw Bad($"describe gives more than {MaxTools} tools");
        return Unique([.. list.EnumerateArray().Select(Tool)]);
    }

    /// <summary>A tool whose parts are given.</summary>
    /// <exception cref="PluginException">One of them is not fit.</exception>
    public static ToolDefinition Of(string name, string description, string schema)
    {
        using var document = Parse(schema);
        return new ToolDefinition { Name = Name(name), Description = Cut(description), InputSchema = Schema(document.RootElement, name) };
    }

    /// <summary>The tools, where no two have the same name.</summary>
    /// <exception cref="PluginException">Two have.</exception>
    public static ImmutableArray<ToolDefinition> Unique(ImmutableArray<ToolDefinition> tools) =>
        tools.GroupBy(t => t.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw Bad($"two tools are called '{twice.Key}'")
            : tools;

    /// <summary>Whether MCP takes it as a tool's name.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 128 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    private static ToolDefinition Tool(JsonElement tool)
    {
        if (tool.ValueKind == JsonValueKind.String) return new ToolDefinition { Name = Name(tool.GetString()!) };
        if (tool.ValueKind != JsonValueKind.Object || Text(tool, "name") is not { } name) throw Bad("a tool has no name");
        return new ToolDefinition
        {
            Name = Name(name),
            Description = Cut(Text(tool, "description") ?? ""),
            InputSchema = Member(tool, InputNames) is { } input ? Schema(input, name) : """{"type":"object"}""",
            OutputSchema = Member(tool, OutputNames) is { } output ? Schema(output, name) : null,
        };
    }

    // A schema in a string is what plugins give that were written for hosts with text parameters.
    private static string Schema(JsonElement schema, string tool)
    {
        if (schema.ValueKind == JsonValueKind.String)
        {
            using var inner = Parse(schema.GetString()!);
            return Schema(inner.RootElement, tool);
        }
        if (schema.ValueKind != JsonValueKind.Object) throw Bad($"the schema of '{tool}' is no object");
        if (!schema.TryGetProperty("type", out var type)) return Typed(schema);
        return type.ValueKind == JsonValueKind.String && type.ValueEquals("object")
            ? schema.GetRawText()
            : throw Bad($"the schema of '{tool}' must be of type object");
    }

    private static string Typed(JsonElement schema)
    {
        var members = schema.EnumerateObject().Select(p => $"{JsonSerializer.Serialize(p.Name, ToolJson.Options)}:{p.Value.GetRawText()}");
        return $"{{{string.Join(',', members.Prepend("\"type\":\"object\""))}}}";
    }

    private static JsonElement? Member(JsonElement tool, string[] names)
    {
        foreach (var name in names)
            if (tool.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)) return value;
        return null;
    }

    private static string? Text(JsonElement tool, string name) =>
        tool.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Name(string name) => IsName(name) ? name : throw Bad($"'{Cut(name)}' is not a tool's name: 1 to 128 of A-Z, a-z, 0-9, '_', '-' and '.'");

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength];

    private static JsonDocument Parse(string json)
    {
        try
        {
            var document = JsonDocument.Parse(json, Strict);
            ReadTexts(document.RootElement);
            return document;
        }
        catch (JsonException e)
        {
            throw Bad($"describe gives no JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw Bad("describe gives half of a surrogate pair, which is no character");
        }
    }

    // What can't be read here could not be read by whoever lists the tools of all plugins.
    private static void ReadTexts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String) _ = json.GetString();
        if (json.ValueKind == JsonValueKind.Array)
            foreach (var item in json.EnumerateArray()) ReadTexts(item);
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject())
            {
                _ = property.Name;
                ReadTexts(property.Value);
            }
        }
    }

    internal static PluginException Bad(string message) => new(PluginErrorKind.Incompatible, message);
}
