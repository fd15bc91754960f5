using System.Globalization;
using System.Runtime.Intrinsics;
using ClawGrains.Wasm.Spec.Script;

namespace ClawGrains.Wasm.Spec.Running;

/// <summary>A host object as the scripts know it: by its number.</summary>
internal sealed record HostReference(string Number);

/// <summary>Turns a script's values into the engine's and compares results with what is expected.</summary>
internal static class Values
{
    private const ulong Nan32 = 0x7FC00000;
    private const ulong Nan64 = 0x7FF8000000000000;

    /// <param name="wanted">The parameter's kind, for a null reference of no type.</param>
    /// <exception cref="NotSupportedException">The value is of a type beyond the supported proposals.</exception>
    public static Value ToArgument(SpecValue value, ValueKind wanted) => value.Type switch
    {
        "i32" => Value.I32((int)Bits(value.Text)),
        "i64" => Value.I64((long)Bits(value.Text)),
        "f32" => Value.F32(BitConverter.UInt32BitsToSingle((uint)Bits(value.Text))),
        "f64" => Value.F64(BitConverter.UInt64BitsToDouble(Bits(value.Text))),
        "v128" => Value.V128(Vector(value)),
        _ when value.Text == "null" && wanted is ValueKind.FuncRef or ValueKind.ExternRef or ValueKind.ExnRef or ValueKind.NullExnRef => Value.Default(wanted),
        "externref" or "hostref" => Value.ExternRef(new HostReference(value.Text ?? "0")),
        _ => throw new NotSupportedException($"an argument of type {value.Type}"),
    };

    public static bool Matches(Value actual, SpecValue expected) => expected.Type switch
    {
        "either" => expected.Alternatives.Any(a => Matches(actual, a)),
        "i32" => actual.Kind == ValueKind.I32 && (uint)actual.AsI32() == Bits(expected.Text),
        "i64" => actual.Kind == ValueKind.I64 && (ulong)actual.AsI64() == Bits(expected.Text),
        "f32" => actual.Kind == ValueKind.F32 && LaneMatches(BitConverter.SingleToUInt32Bits(actual.AsF32()), expected.Text, 32),
        "f64" => actual.Kind == ValueKind.F64 && LaneMatches(BitConverter.DoubleToUInt64Bits(actual.AsF64()), expected.Text, 64),
        "v128" => actual.Kind == ValueKind.V128 && VectorMatches(actual.AsV128(), expected),
        _ => ReferenceMatches(actual, expected),
    };

    public static string Describe(IEnumerable<Value> values)
    {
        var texts = values.Select(Describe).ToArray();
        return texts.Length == 0 ? "nothing" : string.Join(", ", texts);
    }

    private static string Describe(Value value) => value.Kind switch
    {
        ValueKind.F32 => $"{value} (0x{BitConverter.SingleToUInt32Bits(value.AsF32()):x8})",
        ValueKind.F64 => $"{value} (0x{BitConverter.DoubleToUInt64Bits(value.AsF64()):x16})",
        _ => value.ToString(),
    };

    private static bool ReferenceMatches(Value actual, SpecValue expected)
    {
        object? reference;
        switch (actual.Kind)
        {
            case ValueKind.FuncRef: reference = actual.AsFuncRef(); break;
            case ValueKind.ExternRef: reference = actual.AsExternRef(); break;
            case ValueKind.ExnRef or ValueKind.NullExnRef: reference = actual.AsExnRef(); break;
            default: return false;
        }
        if (expected.Text == "null") return reference is null && HasKind(actual, expected.Type);
        return expected.Type switch
        {
            "exnref" => actual.Kind == ValueKind.ExnRef && reference is not null,
            "funcref" => actual.Kind == ValueKind.FuncRef && reference is not null,
            "externref" or "hostref" => actual.Kind == ValueKind.ExternRef && reference is not null
                && (expected.Text is null || Equals(reference, new HostReference(expected.Text))),
            _ => false,
        };
    }

    /// <summary>A null without a type of its own (<c>ref.null</c>, or of the bottom types) fits every kind.</summary>
    private static bool HasKind(Value actual, string type) => type switch
    {
        "funcref" or "nofuncref" or "nullfuncref" => actual.Kind == ValueKind.FuncRef,
        "externref" or "noexternref" or "nullexternref" => actual.Kind == ValueKind.ExternRef,
        "exnref" or "noexnref" or "nullexnref" => actual.Kind is ValueKind.ExnRef or ValueKind.NullExnRef,
        _ => true,
    };

    private static bool VectorMatches(Vector128<byte> actual, SpecValue expected)
    {
        var width = LaneBits(expected.LaneType);
        return Enumerable.Range(0, 128 / width).All(i => expected.LaneType[0] == 'f'
            ? LaneMatches(Lane(actual, width, i), expected.Lanes[i], width)
            : Lane(actual, width, i) == Bits(expected.Lanes[i]));
    }

    /// <summary>A canonical NaN is the quiet bit alone, of any sign; an arithmetic one has it among others.</summary>
    private static bool LaneMatches(ulong actual, string? expected, int width)
    {
        var (quiet, magnitude) = width == 32 ? (Nan32, 0x7FFFFFFFUL) : (Nan64, 0x7FFFFFFFFFFFFFFFUL);
        return expected switch
        {
            "nan:canonical" => (actual & magnitude) == quiet,
            "nan:arithmetic" => (actual & quiet) == quiet,
            _ => actual == Bits(expected),
        };
    }

    private static Vector128<byte> Vector(SpecValue value)
    {
        var width = LaneBits(value.LaneType);
        var bytes = new byte[16];
        for (var i = 0; i < value.Lanes.Count; i++)
            BitConverter.GetBytes(Bits(value.Lanes[i])).AsSpan(0, width / 8).CopyTo(bytes.AsSpan(i * width / 8));
        return Vector128.Create(bytes);
    }

    private static ulong Lane(Vector128<byte> vector, int width, int index) => width switch
    {
        8 => vector.GetElement(index),
        16 => vector.AsUInt16().GetElement(index),
        32 => vector.AsUInt32().GetElement(index),
        _ => vector.AsUInt64().GetElement(index),
    };

    private static int LaneBits(string type) => int.Parse(type.AsSpan(1), CultureInfo.InvariantCulture);

    /// <summary>Scripts write numbers unsigned; a minus sign is understood too.</summary>
    private static ulong Bits(string? text) =>
        text is ['-', ..]
            ? (ulong)long.Parse(text, CultureInfo.InvariantCulture)
            : ulong.Parse(text ?? "0", CultureInfo.InvariantCulture);
}
