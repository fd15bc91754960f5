using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Holds <c>Mcp-Param-*</c> headers against the arguments that a tool's schema mirrors with <c>x-mcp-header</c> (SEP-2243).</summary>
internal static class ParameterHeaders
{
    private const string Prefix = "Mcp-Param-";
    private const long MaxSafeInteger = 9007199254740991;

    /// <summary>The first header that is missing, broken or other than its argument; null where none is.</summary>
    public static RpcError? Check(IHeaderDictionary headers, JsonElement schema, JsonNode? arguments)
    {
        if (!TryGetObject(schema, "properties", out var properties)) return null;
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object) continue;
            var value = (arguments as JsonObject)?[property.Name];
            if (Check(headers, property.Value, value) is { } nested) return nested;
            if (property.Value.TryGetProperty("x-mcp-header", out var header) && header.ValueKind == JsonValueKind.String
                && CheckOne(headers, Prefix + header.GetString(), property, value) is { } error)
                return error;
        }
        return null;
    }

    private static RpcError? CheckOne(IHeaderDictionary headers, string header, JsonProperty property, JsonNode? value)
    {
        if (!headers.TryGetValue(header, out var raw))
            return value is null ? null : RpcError.Mismatch($"The header {header} of the argument '{property.Name}' is missing.");
        if (HeaderValue.Decode(raw.ToString().Trim()) is not { } text)
            return RpcError.Mismatch($"The header {header} is not validly encoded.");
        if (value is null) return null;
        var same = TypeOf(property.Value) == "integer" ? IsSameInteger(text, value) : text == TextOf(value);
        return same ? null : RpcError.Mismatch($"The header {header} is not the argument '{property.Name}'.");
    }

    // "42" and "42.0" are the same number; beyond the safe integers of JavaScript no two peers need agree.
    private static bool IsSameInteger(string text, JsonNode value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var header)
        && decimal.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var body)
        && header == body && Math.Abs(header) <= MaxSafeInteger;

    private static string TextOf(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string? TypeOf(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static bool TryGetObject(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value)
            && value.ValueKind == JsonValueKind.Object;
    }
}
