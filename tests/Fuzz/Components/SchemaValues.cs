using System.Text.Json.Nodes;
using ClawGrains.Fuzz.Wasm.Generation;

namespace ClawGrains.Fuzz.Components;

/// <summary>Values that a JSON Schema permits, as far as the schemas of component functions go.</summary>
internal static class SchemaValues
{
    private static readonly string[] Texts = ["", "a", "text", "grüße 日本 😀", "0123456789abcdef0123456789abcdef"];

    public static JsonNode? Make(JsonNode schema, Rng rng)
    {
        if ((schema["anyOf"] ?? schema["oneOf"]) is JsonArray choices) return Make(choices[rng.Below(choices.Count)]!, rng);
        if (schema["enum"] is JsonArray names) return names[rng.Below(names.Count)]!.DeepClone();
        return (string?)schema["type"] switch
        {
            "object" => new JsonObject(((schema["properties"] as JsonObject) ?? []).Select(p => KeyValuePair.Create(p.Key, Make(p.Value!, rng)))),
            "array" => Items(schema, rng),
            "string" => Text(schema, rng),
            "integer" => rng.Chance(1, 2) ? schema["minimum"]!.DeepClone() : rng.Chance(1, 2) ? schema["maximum"]!.DeepClone() : 1,
            "number" => 1.5,
            "boolean" => rng.Chance(1, 2),
            _ => null,
        };
    }

    private static JsonArray Items(JsonNode schema, Rng rng)
    {
        if (schema["prefixItems"] is JsonArray items) return new JsonArray([.. items.Select(i => Make(i!, rng))]);
        var count = (int?)schema["minItems"] ?? rng.Below(4);
        return new JsonArray([.. Enumerable.Range(0, Math.Min(count, 1000)).Select(_ => Make(schema["items"]!, rng))]);
    }

    private static string Text(JsonNode schema, Rng rng) =>
        schema["contentEncoding"] is not null ? "AQID" : schema["maxLength"] is not null ? "x" : rng.Pick(Texts);
}
