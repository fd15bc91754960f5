using static ClawGrains.Fuzz.Wasm.Generation.ValType;

namespace ClawGrains.Fuzz.Wasm.Generation;

/// <summary>The vector operators by their number behind the prefix 0xFD.</summary>
internal static class SimdOperators
{
    private static readonly int[] Unary =
    [
        77, 94, 95, 96, 97, 98, 103, 104, 105, 106, 116, 117, 122, 124, 125, 126, 127, 128, 129, 135, 136, 137, 138, 148, 160, 161,
        167, 168, 169, 170, 192, 193, 199, 200, 201, 202, 224, 225, 227, 236, 237, 239, 248, 249, 250, 251, 252, 253, 254, 255,
    ];

    private static readonly int[] Shifts = [107, 108, 109, 139, 140, 141, 171, 172, 173, 203, 204, 205];

    private static readonly int[] Tests = [83, 99, 100, 131, 132, 163, 164, 195, 196];

    /// <summary>The ranges of operators of two vectors.</summary>
    private static readonly (int First, int Last)[] Binary =
    [
        (14, 14), (35, 76), (78, 81), (101, 102), (110, 115), (118, 121), (123, 123), (130, 130), (133, 134), (142, 147), (149, 153),
        (155, 159), (174, 174), (177, 177), (181, 186), (188, 191), (206, 206), (209, 209), (213, 223), (228, 235), (240, 247),
    ];

    private static readonly HashSet<int> CanonicalF32 = [94, 103, 104, 105, 106, 227, 228, 229, 230, 231, 232, 233];
    private static readonly HashSet<int> CanonicalF64 = [95, 116, 117, 122, 148, 239, 240, 241, 242, 243, 244, 245];

    /// <summary>Scalar type, number of lanes, splat, first extraction, last extraction, replacement.</summary>
    private static readonly (ValType Scalar, int Lanes, int Splat, int First, int Last, int Replace)[] Shapes =
    [
        (I32, 16, 15, 21, 22, 23), (I32, 8, 16, 24, 25, 26), (I32, 4, 17, 27, 27, 28),
        (I64, 2, 18, 29, 29, 30), (F32, 4, 19, 31, 31, 32), (F64, 2, 20, 33, 33, 34),
    ];

    public static IEnumerable<Operator> All() =>
    [
        .. Unary.Select(n => Vector(n, V128)),
        .. Shifts.Select(n => Vector(n, V128, I32)),
        .. Tests.Select(n => new Operator(Operators.Simd + n, I32, [V128])),
        .. Binary.SelectMany(r => Enumerable.Range(r.First, r.Last - r.First + 1)).Select(n => Vector(n, V128, V128)),
        Vector(82, V128, V128, V128),
        Vector(13, V128, V128) with { Immediate = Immediate.Shuffle },
        .. Shapes.SelectMany(OfShape),
    ];

    private static IEnumerable<Operator> OfShape(
        (ValType Scalar, int Lanes, int Splat, int First, int Last, int Replace) s) =>
    [
        Vector(s.Splat, s.Scalar),
        .. Operators.Range(Operators.Simd + s.First, Operators.Simd + s.Last, s.Scalar, V128)
            .Select(o => o with { Immediate = Immediate.Lane, Lanes = s.Lanes }),
        Vector(s.Replace, V128, s.Scalar) with { Immediate = Immediate.Lane, Lanes = s.Lanes },
    ];

    private static Operator Vector(int number, params ValType[] operands) => new(Operators.Simd + number, V128, operands)
    {
        Canonical = CanonicalF32.Contains(number) ? Canonical.F32x4
            : CanonicalF64.Contains(number) ? Canonical.F64x2 : Canonical.No,
    };
}
