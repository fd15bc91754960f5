using System.Text.Json.Nodes;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>
/// JSON Schema (2020-12) of component types. The mapping is that of <see cref="JsonValues"/>: records are objects,
/// variants are objects with one property, options are the value or null, lists of u8 are base64 strings.
/// </summary>
internal static class JsonSchema
{
    public static JsonObject OfParameters(FuncType type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        for (var i = 0; i < type.Params.Length; i++) Property(properties, required, type.Names[i], type.Params[i]);
        return Object(properties, required);
    }

    /// <summary>Of a result, in which infinities and NaN are null, since JSON has no numbers for them.</summary>
    public static JsonObject OfResult(ValType type)
    {
        var schema = Of(type);
        AddNull(schema);
        return schema;
    }

    private static void AddNull(JsonNode? schema)
    {
        if (schema is JsonObject number && number["type"] is JsonValue type && type.ToString() == "number") number["type"] = new JsonArray("number", "null");
        foreach (var inner in schema is JsonObject o ? o.Select(p => p.Value) : schema as JsonArray ?? []) AddNull(inner);
    }

    public static JsonObject Of(ValType type) => type switch
    {
        PrimitiveType p => Primitive(p.Kind),
        ListType { Element: PrimitiveType { Kind: PrimitiveKind.U8 } } => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
        ListType l => List(l),
        MapType { Key: PrimitiveType { Kind: PrimitiveKind.String } } m => new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(m.Value) },
        MapType m => Of(m.Despecialized),
        RecordType r => Record(r),
        TupleType t => Tuple(t),
        FlagsType f => new JsonObject { ["type"] = "array", ["items"] = Names(f.Names), ["uniqueItems"] = true },
        EnumType e => Names(e.Names),
        OptionType { Type: OptionType } o => Case("some", Of(o.Type), alsoNull: true),
        OptionType o => new JsonObject { ["anyOf"] = new JsonArray(Of(o.Type), new JsonObject { ["type"] = "null" }) },
        ResultType r => new JsonObject { ["oneOf"] = new JsonArray(Case("ok", Payload(r.Ok)), Case("error", Payload(r.Error))) },
        VariantType v => new JsonObject { ["oneOf"] = new JsonArray([.. v.Names.Select((n, i) => Case(n, Payload(v.Cases[i])))]) },
        _ => throw ComponentException.Value($"a value of type {type.Describe} has no JSON form"),
    };

    /// <summary>Whether every value inside can be written in JSON; handles cannot.</summary>
    public static bool CanRepresent(FuncType type) =>
        type.Params.All(CanRepresent) && (type.Result is null || CanRepresent(type.Result));

    private static bool CanRepresent(ValType type) =>
        type is not (HandleType or AsyncType) && TypeChildren.Of(type).OfType<ValType>().All(CanRepresent);

    private static JsonObject Primitive(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Bool => new JsonObject { ["type"] = "boolean" },
        PrimitiveKind.S8 => Integer(sbyte.MinValue, sbyte.MaxValue),
        PrimitiveKind.U8 => Integer(0, byte.MaxValue),
        PrimitiveKind.S16 => Integer(short.MinValue, short.MaxValue),
        PrimitiveKind.U16 => Integer(0, ushort.MaxValue),
        PrimitiveKind.S32 => Integer(int.MinValue, int.MaxValue),
        PrimitiveKind.U32 => Integer(0, uint.MaxValue),
        PrimitiveKind.S64 => Integer(long.MinValue, long.MaxValue),
        PrimitiveKind.U64 => Integer(0, ulong.MaxValue),
        PrimitiveKind.F32 or PrimitiveKind.F64 => new JsonObject { ["type"] = "number" },
        PrimitiveKind.Char => new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 1 },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Integer(decimal minimum, decimal maximum) => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    private static JsonObject List(ListType type)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Of(type.Element) };
        if (type.Length is not { } length) return schema;
        schema["minItems"] = length;
        schema["maxItems"] = length;
        return schema;
    }

    private static JsonObject Tuple(TupleType type) => new()
    {
        ["type"] = "array", ["prefixItems"] = new JsonArray([.. type.Types.Select(Of)]), ["items"] = false,
        ["minItems"] = type.Types.Length, ["maxItems"] = type.Types.Length,
    };

    private static JsonObject Record(RecordType type)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        for (var i = 0; i < type.Fields.Length; i++) Property(properties, required, type.Names[i], type.Fields[i]);
        return Object(properties, required);
    }

    private static void Property(JsonObject properties, JsonArray required, string name, ValType type)
    {
        properties[name] = Of(type);
        if (type is not OptionType) required.Add(name);
    }

    private static JsonObject Object(JsonObject properties, JsonArray required) =>
        new() { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };

    private static JsonObject Names(string[] names) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) };

    private static JsonObject Payload(ValType? type) => type is null ? new JsonObject { ["type"] = "null" } : Of(type);

    private static JsonObject Case(string name, JsonObject payload, bool alsoNull = false)
    {
        var schema = Object(new JsonObject { [name] = payload }, new JsonArray(name));
        return alsoNull ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) } : schema;
    }
}
