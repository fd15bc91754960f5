using System.Globalization;
using System.Runtime.Intrinsics;
using ClawGrains.Wasm;

namespace ClawGrains.Client.Wasm;

/// <summary>Values of WebAssembly as text: read by the type wanted, written so that reading gives the same bits.</summary>
internal static class ValueText
{
    /// <summary>Reads a value.</summary>
    /// <exception cref="FormatException">The text is no value of that kind; the message says what is.</exception>
    public static Value Parse(string text, ValueKind kind) => kind switch
    {
        ValueKind.I32 => Value.I32(unchecked((int)Integer(text, 32))),
        ValueKind.I64 => Value.I64(unchecked((long)Integer(text, 64))),
        ValueKind.F32 => Value.F32(NanBits(text, 0x7F800000) is { } bits
            ? BitConverter.UInt32BitsToSingle((uint)bits) : Number<float>(text, "f32")),
        ValueKind.F64 => Value.F64(NanBits(text, 0x7FF0000000000000) is { } bits
            ? BitConverter.UInt64BitsToDouble(bits) : Number<double>(text, "f64")),
        ValueKind.V128 => Value.V128(Vector(text)),
        _ when text == "null" => Value.Default(kind),
        _ => throw new FormatException($"'{text}' is no {Name(kind)}: only null can be given"),
    };

    public static string Write(Value value) => value.Kind switch
    {
        ValueKind.I32 => value.AsI32().ToString(CultureInfo.InvariantCulture),
        ValueKind.I64 => value.AsI64().ToString(CultureInfo.InvariantCulture),
        ValueKind.F32 => Number(value.AsF32(), BitConverter.SingleToUInt32Bits(value.AsF32()) & 0x7FFFFF),
        ValueKind.F64 => Number(value.AsF64(), BitConverter.DoubleToUInt64Bits(value.AsF64()) & 0xFFFFFFFFFFFFF),
        ValueKind.V128 => $"0x{value.AsV128().AsUInt64().GetElement(1):x16}{value.AsV128().AsUInt64().GetElement(0):x16}",
        ValueKind.FuncRef => value.AsFuncRef() is null ? "null" : "funcref",
        ValueKind.ExnRef or ValueKind.NullExnRef => value.AsExnRef() is null ? "null" : "exnref",
        _ => value.AsExternRef() is null ? "null" : "externref",
    };

    public static string Name(ValueKind kind) => kind.ToString().ToLowerInvariant();

    private static ulong Integer(string text, int width)
    {
        var negative = text.StartsWith('-');
        var digits = text.AsSpan(negative ? 1 : 0);
        var hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        var limit = negative ? 1UL << (width - 1) : ulong.MaxValue >> (64 - width);
        return ulong.TryParse(hex ? digits[2..] : digits, style, CultureInfo.InvariantCulture, out var n) && n <= limit
            ? negative ? unchecked(0 - n) : n
            : throw new FormatException($"'{text}' is no i{width}: a decimal or 0x number of {width} bits, signed or unsigned");
    }

    private static T Number<T>(string text, string type) where T : struct, IParsable<T> => text switch
    {
        "inf" or "+inf" => T.Parse("Infinity", CultureInfo.InvariantCulture),
        "-inf" => T.Parse("-Infinity", CultureInfo.InvariantCulture),
        _ => T.TryParse(text, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw new FormatException($"'{text}' is no {type}: a decimal number, inf, nan or nan:0xBITS"),
    };

    /// <summary><c>nan</c>, or <c>nan:0x…</c> with the payload's bits, as the text format writes it.</summary>
    private static ulong? NanBits(string text, ulong exponent)
    {
        var magnitude = text.TrimStart('-', '+');
        var sign = text.StartsWith('-') ? exponent == 0x7F800000 ? 1UL << 31 : 1UL << 63 : 0;
        var quiet = (exponent >> 1) & ~exponent | (exponent & (0 - exponent)) >> 1;
        if (magnitude == "nan") return sign | exponent | quiet;
        var isPayload = magnitude.StartsWith("nan:0x", StringComparison.Ordinal)
            && ulong.TryParse(magnitude.AsSpan(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var payload)
            && payload != 0 && payload < (exponent & (0 - exponent));
        return isPayload ? sign | exponent | ulong.Parse(magnitude.AsSpan(6), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;
    }

    private static Vector128<byte> Vector(string text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        && UInt128.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var n)
            ? Vector128.Create((ulong)n, (ulong)(n >> 64)).AsByte()
            : throw new FormatException($"'{text}' is no v128: 0x and up to 32 hexadecimal digits, the highest lane first");

    private static string Number<T>(T value, ulong payload) where T : struct, System.Numerics.IFloatingPointIeee754<T> =>
        T.IsNaN(value) ? $"{(T.IsNegative(value) ? "-" : "")}nan:0x{payload:x}"
        : T.IsInfinity(value) ? T.IsNegative(value) ? "-inf" : "inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
