using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Lanes of 32-bit integers (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static class I32x4
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Splat(int value) => Vector128.Create((int)value).AsByte();

    [MethodImpl(Inline)] public static int ExtractLane(Vector128<byte> a, int lane) => a.AsInt32().GetElement(lane);

    [MethodImpl(Inline)] public static Vector128<byte> ReplaceLane(Vector128<byte> a, int value, int lane) => a.AsInt32().WithElement(lane, (int)value).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Eq(Vector128<byte> a, Vector128<byte> b) => Vector128.Equals(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ne(Vector128<byte> a, Vector128<byte> b) => ~Vector128.Equals(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtU(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtU(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeU(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeU(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> Abs(Vector128<byte> a) => Ssse3.IsSupported
        ? Ssse3.Abs(a.AsInt32()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(a.AsInt32(), Vector128<int>.Zero), -a.AsInt32(), a.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Neg(Vector128<byte> a) => (-a.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static int AllTrue(Vector128<byte> a) => Vector128.EqualsAny(a.AsInt32(), Vector128<int>.Zero) ? 0 : 1;

    [MethodImpl(Inline)] public static int Bitmask(Vector128<byte> a) => (int)a.AsInt32().ExtractMostSignificantBits();

    [MethodImpl(Inline)] public static Vector128<byte> Shl(Vector128<byte> a, int by) => (a.AsInt32() << (by & 31)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrS(Vector128<byte> a, int by) => (a.AsInt32() >> (by & 31)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrU(Vector128<byte> a, int by) => (a.AsInt32() >>> (by & 31)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => (a.AsInt32() + b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sub(Vector128<byte> a, Vector128<byte> b) => (a.AsInt32() - b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Mul(Vector128<byte> a, Vector128<byte> b) => (a.AsInt32() * b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MinS(Vector128<byte> a, Vector128<byte> b) => Vector128.Min(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MinU(Vector128<byte> a, Vector128<byte> b) => Vector128.Min(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MaxS(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a.AsInt32(), b.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MaxU(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a.AsUInt32(), b.AsUInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendLowI16x8S(Vector128<byte> a) => Vector128.WidenLower(a.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendLowI16x8U(Vector128<byte> a) => Vector128.WidenLower(a.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulLowI16x8S(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(Sse2.MultiplyLow(a.AsInt16(), b.AsInt16()), Sse2.MultiplyHigh(a.AsInt16(), b.AsInt16())).AsByte()
        : (Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulLowI16x8U(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackLow(Sse2.MultiplyLow(a.AsUInt16(), b.AsUInt16()), Sse2.MultiplyHigh(a.AsUInt16(), b.AsUInt16())).AsByte()
        : (Vector128.WidenLower(a.AsUInt16()) * Vector128.WidenLower(b.AsUInt16())).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendHighI16x8S(Vector128<byte> a) => Vector128.WidenUpper(a.AsInt16()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtendHighI16x8U(Vector128<byte> a) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a.AsUInt16(), Vector128<ushort>.Zero).AsByte()
        : Vector128.WidenUpper(a.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulHighI16x8S(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(Sse2.MultiplyLow(a.AsInt16(), b.AsInt16()), Sse2.MultiplyHigh(a.AsInt16(), b.AsInt16())).AsByte()
        : (Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16())).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulHighI16x8U(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.UnpackHigh(Sse2.MultiplyLow(a.AsUInt16(), b.AsUInt16()), Sse2.MultiplyHigh(a.AsUInt16(), b.AsUInt16())).AsByte()
        : (Vector128.WidenUpper(a.AsUInt16()) * Vector128.WidenUpper(b.AsUInt16())).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtaddPairwiseI16x8S(Vector128<byte> a) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(a.AsInt16(), Vector128<short>.One).AsByte()
        : ((a.AsInt32() << 16 >> 16) + (a.AsInt32() >> 16)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtaddPairwiseI16x8U(Vector128<byte> a) => ((a.AsUInt32() & Vector128.Create((uint)ushort.MaxValue)) + (a.AsUInt32() >>> 16)).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> DotI16x8S(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported) return Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsByte();
        var even = (a.AsInt32() << 16 >> 16) * (b.AsInt32() << 16 >> 16);
        return (even + (a.AsInt32() >> 16) * (b.AsInt32() >> 16)).AsByte();
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> TruncSatF32x4S(Vector128<byte> a) => Vector128.ConvertToInt32(a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> TruncSatF32x4U(Vector128<byte> a) => Vector128.ConvertToUInt32(a.AsSingle()).AsByte();

    public static Vector128<byte> TruncSatF64x2SZero(Vector128<byte> a) =>
        Vector128.Create(Scalar.I32TruncSatF64S(a.AsDouble().GetElement(0)), Scalar.I32TruncSatF64S(a.AsDouble().GetElement(1)), 0, 0).AsByte();

    public static Vector128<byte> TruncSatF64x2UZero(Vector128<byte> a) =>
        Vector128.Create(Scalar.I32TruncSatF64U(a.AsDouble().GetElement(0)), Scalar.I32TruncSatF64U(a.AsDouble().GetElement(1)), 0, 0).AsByte();
}
