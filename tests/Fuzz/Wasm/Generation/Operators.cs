using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

/// <summary>What follows the opcode.</summary>
internal enum Immediate { None, Lane, Shuffle }

/// <summary>How a NaN that the operator may make is replaced by the canonical one.</summary>
internal enum Canonical { No, F32, F64, F32x4, F64x2 }

/// <summary>An operator without control flow or memory.</summary>
internal sealed record Operator(int Code, ValType Result, ValType[] Operands)
{
    public Immediate Immediate { get; init; }

    /// <summary>How many lanes an immediate lane index may name.</summary>
    public int Lanes { get; init; }

    public Canonical Canonical { get; init; }

    /// <summary>Division and truncation may trap: chosen less often.</summary>
    public bool Traps { get; init; }
}

/// <summary>All operators by the type of their result.</summary>
internal static class Operators
{
    public const int Numeric2 = 0xFC0000;
    public const int Simd = 0xFD0000;

    public static ILookup<ValType, Operator> ByResult { get; } =
        Scalars().Concat(SimdOperators.All()).ToLookup(o => o.Result);

    private static IEnumerable<Operator> Scalars() =>
    [
        .. Integers(), .. Floats(F32, Canonical.F32, 0x8B, 0x5B), .. Floats(F64, Canonical.F64, 0x99, 0x61), .. Conversions(),
    ];

    private static IEnumerable<Operator> Integers() =>
    [
        new(0x45, I32, [I32]), .. Range(0x46, 0x4F, I32, I32, I32), new(0x50, I32, [I64]), .. Range(0x51, 0x5A, I32, I64, I64),
        .. Range(0x67, 0x69, I32, I32), .. Range(0x6A, 0x78, I32, I32, I32).Select(o => o with { Traps = o.Code is >= 0x6D and <= 0x70 }),
        .. Range(0x79, 0x7B, I64, I64), .. Range(0x7C, 0x8A, I64, I64, I64).Select(o => o with { Traps = o.Code is >= 0x7F and <= 0x82 }),
        .. Range(0xC0, 0xC1, I32, I32), .. Range(0xC2, 0xC4, I64, I64),
    ];

    private static IEnumerable<Operator> Floats(ValType type, Canonical canonical, int first, int compare) =>
    [
        .. Range(compare, compare + 5, I32, type, type),
        .. Range(first, first + 1, type, type),
        .. Range(first + 2, first + 6, type, type).Select(o => o with { Canonical = canonical }),
        .. Range(first + 7, first + 12, type, type, type).Select(o => o with { Canonical = canonical }),
        new(first + 13, type, [type, type]),
    ];

    private static IEnumerable<Operator> Conversions() =>
    [
        new(0xA7, I32, [I64]), .. Traps(0xA8, I32, F32), .. Traps(0xAA, I32, F64), .. Range(0xAC, 0xAD, I64, I32),
        .. Traps(0xAE, I64, F32), .. Traps(0xB0, I64, F64), .. Range(0xB2, 0xB3, F32, I32), .. Range(0xB4, 0xB5, F32, I64),
        new(0xB6, F32, [F64]) { Canonical = Canonical.F32 }, .. Range(0xB7, 0xB8, F64, I32), .. Range(0xB9, 0xBA, F64, I64),
        new(0xBB, F64, [F32]) { Canonical = Canonical.F64 }, new(0xBC, I32, [F32]), new(0xBD, I64, [F64]),
        new(0xBE, F32, [I32]), new(0xBF, F64, [I64]),
        .. Range(Numeric2, Numeric2 + 1, I32, F32), .. Range(Numeric2 + 2, Numeric2 + 3, I32, F64),
        .. Range(Numeric2 + 4, Numeric2 + 5, I64, F32), .. Range(Numeric2 + 6, Numeric2 + 7, I64, F64),
    ];

    private static IEnumerable<Operator> Traps(int first, ValType result, ValType operand) =>
        Range(first, first + 1, result, operand).Select(o => o with { Traps = true });

    public static IEnumerable<Operator> Range(int first, int last, ValType result, params ValType[] operands) =>
        Enumerable.Range(first, last - first + 1).Select(code => new Operator(code, result, operands));
}
