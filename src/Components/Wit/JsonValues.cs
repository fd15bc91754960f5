using System.Text.Json;
using System.Text.Json.Nodes;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>Component values to and from JSON, directed by the type; the schema is <see cref="JsonSchema"/>'s.</summary>
internal static class JsonValues
{
    public static ComponentValue[] ReadArguments(JsonElement json, FuncType type)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Bad("arguments", "an object");
        foreach (var property in json.EnumerateObject())
            if (!type.Names.Contains(property.Name)) throw ComponentException.Value($"`{property.Name}` is no parameter; there are {(type.Names.Length == 0 ? "none" : string.Join(", ", type.Names))}");
        return [.. type.Params.Select((p, i) => Property(json, (type.Names[i], type.Names[i]), p))];
    }

    public static ComponentValue Read(JsonElement json, ValType type, string path = "value") => type switch
    {
        PrimitiveType p => Primitive(json, p.Kind, path),
        ListType { Element: PrimitiveType { Kind: PrimitiveKind.U8 } } when json.ValueKind == JsonValueKind.String =>
            json.TryGetBytesFromBase64(out var bytes) ? ComponentValue.Bytes(bytes) : throw Bad(path, "base64"),
        ListType l => ComponentValue.List(Items(json, path).Select((e, i) => Read(e, l.Element, $"{path}[{i}]")).ToArray()),
        MapType { Key: PrimitiveType { Kind: PrimitiveKind.String } } m when json.ValueKind == JsonValueKind.Object =>
            ComponentValue.Map([.. json.EnumerateObject().Select(p => (ComponentValue.String(p.Name), Read(p.Value, m.Value, $"{path}.{p.Name}")))]),
        MapType m => Read(json, m.Despecialized, path).AsMap(),
        RecordType r => Record(json, r, path),
        TupleType t => Tuple(json, t, path),
        FlagsType f => ComponentValue.Flags([.. Items(json, path).Select((e, i) => Name(e, f.Names, $"{path}[{i}]"))]),
        EnumType e => ComponentValue.Enum(Name(json, e.Names, path)),
        OptionType { Type: OptionType inner } => json.ValueKind == JsonValueKind.Null ? ComponentValue.None : ComponentValue.Some(Read(Single(json, path).Value, inner, path)),
        OptionType o => json.ValueKind == JsonValueKind.Null ? ComponentValue.None : ComponentValue.Some(Read(json, o.Type, path)),
        ResultType or VariantType => Case(json, type, (VariantType)type.Despecialized, path),
        _ => throw ComponentException.Value($"{path}: a value of type {type.Describe} has no JSON form"),
    };

    private static ComponentValue Primitive(JsonElement json, PrimitiveKind kind, string path) => kind switch
    {
        PrimitiveKind.Bool => json.ValueKind is JsonValueKind.True or JsonValueKind.False ? ComponentValue.Bool(json.GetBoolean()) : throw Bad(path, "true or false"),
        PrimitiveKind.S8 => ComponentValue.S8(Whole<sbyte>(json, path, "an s8")),
        PrimitiveKind.U8 => ComponentValue.U8(Whole<byte>(json, path, "a u8")),
        PrimitiveKind.S16 => ComponentValue.S16(Whole<short>(json, path, "an s16")),
        PrimitiveKind.U16 => ComponentValue.U16(Whole<ushort>(json, path, "a u16")),
        PrimitiveKind.S32 => ComponentValue.S32(Whole<int>(json, path, "an s32")),
        PrimitiveKind.U32 => ComponentValue.U32(Whole<uint>(json, path, "a u32")),
        PrimitiveKind.S64 => ComponentValue.S64(Whole<long>(json, path, "an s64")),
        PrimitiveKind.U64 => ComponentValue.U64(Whole<ulong>(json, path, "a u64")),
        PrimitiveKind.F32 => Number(json, path) && float.IsFinite(json.GetSingle()) ? ComponentValue.F32(json.GetSingle()) : throw Bad(path, "a number that an f32 holds"),
        PrimitiveKind.F64 => Number(json, path) && double.IsFinite(json.GetDouble()) ? ComponentValue.F64(json.GetDouble()) : throw Bad(path, "a number that an f64 holds"),
        PrimitiveKind.Char => Text(json, path).EnumerateRunes().ToArray() is [var rune] ? ComponentValue.Char(rune) : throw Bad(path, "one character"),
        _ => ComponentValue.String(Text(json, path)),
    };

    // In JSON Schema 1.0 and 1e3 are integers. A decimal holds every s64 and u64, and takes what is too small for it as 0.
    private static T Whole<T>(JsonElement json, string path, string wanted)
        where T : System.Numerics.INumber<T>, System.Numerics.IMinMaxValue<T> =>
        Number(json, path) && json.TryGetDecimal(out var d) && d == decimal.Truncate(d) && (d != 0 || json.GetDouble() == 0)
            && d >= decimal.CreateChecked(T.MinValue) && d <= decimal.CreateChecked(T.MaxValue)
            ? T.CreateChecked(d)
            : throw Bad(path, wanted);

    private static string Name(JsonElement json, string[] names, string path) =>
        Text(json, path) is var name && names.Contains(name) ? name : throw Bad(path, $"one of {string.Join(", ", names)}");

    private static bool Number(JsonElement json, string path) => json.ValueKind == JsonValueKind.Number ? true : throw Bad(path, "a number");

    private static string Text(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.String) throw Bad(path, "a string");
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Bad(path, "characters, not half of a surrogate pair");
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : throw Bad(path, "an array");

    private static ComponentValue Record(JsonElement json, RecordType type, string path)
    {
        if (json.ValueKind != JsonValueKind.Object) throw Bad(path, "an object");
        foreach (var property in json.EnumerateObject())
            if (!type.Names.Contains(property.Name)) throw ComponentException.Value($"{path}: there is no field `{property.Name}`");
        return ComponentValue.RecordOf(type.Names, [.. type.Fields.Select((f, i) => Property(json, (type.Names[i], $"{path}.{type.Names[i]}"), f))]);
    }

    private static ComponentValue Property(JsonElement json, (string Name, string Path) at, ValType type)
    {
        if (json.TryGetProperty(at.Name, out var value)) return Read(value, type, at.Path);
        return type is OptionType ? ComponentValue.None : throw ComponentException.Value($"`{at.Path}` is missing");
    }

    private static ComponentValue Tuple(JsonElement json, TupleType type, string path)
    {
        var items = Items(json, path).ToArray();
        if (items.Length != type.Types.Length) throw Bad(path, $"an array of {type.Types.Length}");
        return ComponentValue.Tuple([.. items.Select((e, i) => Read(e, type.Types[i], $"{path}[{i}]"))]);
    }

    private static JsonProperty Single(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().ToArray() is [var only] ? only : throw Bad(path, "an object with one property");

    private static ComponentValue Case(JsonElement json, ValType type, VariantType variant, string path)
    {
        var property = Single(json, path);
        var index = Array.IndexOf(variant.Names, property.Name);
        if (index < 0) throw Bad(path, $"one of {string.Join(", ", variant.Names)}");
        var payload = Payload(property.Value, variant.Cases[index], $"{path}.{property.Name}");
        if (type is not ResultType) return ComponentValue.VariantOf(index, property.Name, payload);
        return index == 0 ? ComponentValue.Ok(payload) : ComponentValue.Error(payload);
    }

    private static ComponentValue? Payload(JsonElement json, ValType? type, string path)
    {
        if (type is not null) return Read(json, type, path);
        return json.ValueKind == JsonValueKind.Null ? null : throw Bad(path, "null");
    }

    private static ComponentException Bad(string path, string wanted) => ComponentException.Value($"{path}: expected {wanted}");

    /// <summary>As the type's schema has it: a value alone does not tell a map from a list of pairs.</summary>
    public static JsonNode? Write(ComponentValue value, ValType type) => type switch
    {
        MapType { Key: PrimitiveType { Kind: PrimitiveKind.String } } m => Map(value, e => Write(e, m.Value)),
        MapType m => Write(value, m.Despecialized),
        ListType l when value.Payload is not byte[] => new JsonArray([.. value.AsList().Select(e => Write(e, l.Element))]),
        TupleType t => new JsonArray([.. value.AsList().Select((e, i) => Write(e, t.Types[i]))]),
        RecordType r => new JsonObject(value.AsRecord().Select((f, i) => KeyValuePair.Create(f.Key, Write(f.Value, r.Fields[i])))),
        OptionType { Type: OptionType inner } => value.CasePayload is { } some ? new JsonObject { ["some"] = Write(some, inner) } : null,
        OptionType o => value.CasePayload is { } some ? Write(some, o.Type) : null,
        ResultType or VariantType => Case(value, (VariantType)type.Despecialized),
        _ => Write(value),
    };

    /// <summary>Of a key that is there twice, the last value stands.</summary>
    private static JsonObject Map(ComponentValue value, Func<ComponentValue, JsonNode?> write)
    {
        var map = new JsonObject();
        foreach (var pair in value.AsList()) map[pair[0].AsString()] = write(pair[1]);
        return map;
    }

    private static JsonObject Case(ComponentValue value, VariantType type) => new()
    {
        [value.Case] = value.CasePayload is { } payload ? Write(payload, type.Cases[Array.IndexOf(type.Names, value.Case)]!) : null,
    };

    public static JsonNode? Write(ComponentValue value) => value.Kind switch
    {
        ComponentValueKind.None => null,
        ComponentValueKind.Bool => value.AsBool(),
        ComponentValueKind.S8 or ComponentValueKind.S16 or ComponentValueKind.S32 or ComponentValueKind.S64 => (long)value.Bits,
        ComponentValueKind.F32 => float.IsFinite(value.AsF32()) ? value.AsF32() : null,
        ComponentValueKind.F64 => double.IsFinite(value.AsF64()) ? value.AsF64() : null,
        ComponentValueKind.Char => value.AsChar().ToString(),
        ComponentValueKind.String => value.AsString(),
        ComponentValueKind.List when value.Payload is byte[] bytes => Convert.ToBase64String(bytes),
        ComponentValueKind.List when value.IsMap && value.AsList().All(e => e[0].Kind == ComponentValueKind.String) => Map(value, Write),
        ComponentValueKind.List or ComponentValueKind.Tuple => new JsonArray([.. value.AsList().Select(Write)]),
        ComponentValueKind.Record => new JsonObject(value.AsRecord().Select(f => KeyValuePair.Create(f.Key, Write(f.Value)))),
        ComponentValueKind.Flags => new JsonArray([.. value.AsFlags().Select(f => (JsonNode)f)]),
        ComponentValueKind.Enum => value.Case,
        ComponentValueKind.Option => value.CasePayload is { } some ? (some.Kind == ComponentValueKind.Option ? new JsonObject { ["some"] = Write(some) } : Write(some)) : null,
        ComponentValueKind.Result or ComponentValueKind.Variant => new JsonObject { [value.Case] = value.CasePayload is { } payload ? Write(payload) : null },
        ComponentValueKind.Resource => throw ComponentException.Value("a handle has no JSON form"),
        _ => value.Bits,
    };
}
