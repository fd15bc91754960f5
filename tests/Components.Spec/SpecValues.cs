using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClawGrains.Components.Spec;

/// <summary>A value that the script's converter did not carry over.</summary>
internal sealed class LostValueException(string message) : Exception(message);

/// <summary>Values as the JSON form writes them; floats are their bits.</summary>
internal static class SpecValues
{
    public static ComponentValue Parse(JsonElement json)
    {
        var type = json.GetProperty("type").GetString()!;
        var text = json.TryGetProperty("value", out var v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";
        return type switch
        {
            "bool" => ComponentValue.Bool(text is "true" or "1"),
            "s8" => ComponentValue.S8((sbyte)Integer(text)),
            "u8" => ComponentValue.U8((byte)Integer(text)),
            "s16" => ComponentValue.S16((short)Integer(text)),
            "u16" => ComponentValue.U16((ushort)Integer(text)),
            "s32" => ComponentValue.S32((int)Integer(text)),
            "u32" => ComponentValue.U32((uint)Integer(text)),
            "s64" => ComponentValue.S64((long)Integer(text)),
            "u64" => ComponentValue.U64((ulong)Integer(text)),
            "f32" => ComponentValue.F32(IsNan(text) ? float.NaN : BitConverter.UInt32BitsToSingle((uint)Integer(text))),
            "f64" => ComponentValue.F64(IsNan(text) ? double.NaN : BitConverter.UInt64BitsToDouble((ulong)Integer(text))),
            "char" => ComponentValue.Char(text.EnumerateRunes().Single()),
            "string" => ComponentValue.String(text),
            "list" => List(v),
            "tuple" => ComponentValue.Tuple([.. v.EnumerateArray().Select(Parse)]),
            "record" => ComponentValue.Record([.. v.EnumerateArray().Select(f => (f[0].GetString()!, Parse(f[1])))]),
            "variant" => ComponentValue.Variant(json.GetProperty("case").GetString()!, json.TryGetProperty("payload", out var p) ? Parse(p) : null),
            "enum" => ComponentValue.Enum(text),
            "option" => v.ValueKind == JsonValueKind.Null ? ComponentValue.None : ComponentValue.Some(Parse(v)),
            "result" => Result(json),
            "flags" => ComponentValue.Flags([.. v.EnumerateArray().Select(f => f.GetString()!)]),
            _ => throw new LostValueException($"the JSON form lost a value of the script (type \"{type}\")"),
        };
    }

    private static ComponentValue List(JsonElement items) => ComponentValue.List([.. items.EnumerateArray().Select(Parse)]);

    private static ComponentValue Result(JsonElement json)
    {
        var ok = json.TryGetProperty("ok", out var payload);
        if (!ok) payload = json.TryGetProperty("err", out var err) ? err : json.GetProperty("error");
        ComponentValue? value = payload.ValueKind == JsonValueKind.Null ? null : Parse(payload);
        return ok ? ComponentValue.Ok(value) : ComponentValue.Error(value);
    }

    private static Int128 Integer(string text)
    {
        text = text.Replace("_", "", StringComparison.Ordinal);
        var negative = text.StartsWith('-');
        var digits = text.TrimStart('-', '+');
        var value = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? Int128.Parse("0" + digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : Int128.Parse(digits, CultureInfo.InvariantCulture);
        return negative ? -value : value;
    }

    private static bool IsNan(string text) => text.StartsWith("nan", StringComparison.Ordinal);

    public static string Describe(ComponentValue? value) => value is { } v ? new StringBuilder(v.ToString()).Append(" : ").Append(v.Kind).ToString() : "nothing";
}
