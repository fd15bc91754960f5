using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Lanes of 16-bit integers (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static class I16x8
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Splat(int value) => Vector128.Create((short)value).AsByte();

    [MethodImpl(Inline)] public static int ExtractLaneS(Vector128<byte> a, int lane) => a.AsInt16().GetElement(lane);

    [MethodImpl(Inline)] public static int ExtractLaneU(Vector128<byte> a, int lane) => a.AsUInt16().GetElement(lane);

    [MethodImpl(Inline)] public static Vector128<byte> ReplaceLane(Vector128<byte> a, int value, int lane) => a.AsInt16().WithElement(lane, (short)value).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Eq(Vector128<byte> a, Vector128<byte> b) => Vector128.Equals(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ne(Vector128<byte> a, Vector128<byte> b) => ~Vector128.Equals(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtU(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtU(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeU(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeU(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> Abs(Vector128<byte> a) => Ssse3.IsSupported
        ? Ssse3.Abs(a.AsInt16()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(a.AsInt16(), Vector128<short>.Zero), -a.AsInt16(), a.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Neg(Vector128<byte> a) => (-a.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static int AllTrue(Vector128<byte> a) => Vector128.EqualsAny(a.AsInt16(), Vector128<short>.Zero) ? 0 : 1;

    [MethodImpl(Inline)] public static int Bitmask(Vector128<byte> a) => (int)a.AsInt16().ExtractMostSignificantBits();

    [MethodImpl(Inline)] public static Vector128<byte> Shl(Vector128<byte> a, int by) => (a.AsInt16() << (by & 15)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrS(Vector128<byte> a, int by) => (a.AsInt16() >> (by & 15)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrU(Vector128<byte> a, int by) => (a.AsInt16() >>> (by & 15)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => (a.AsInt16() + b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sub(Vector128<byte> a, Vector128<byte> b) => (a.AsInt16() - b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Mul(Vector128<byte> a, Vector128<byte> b) => (a.AsInt16() * b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MinS(Vector128<byte> a, Vector128<byte> b) => Vector128.Min(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MinU(Vector128<byte> a, Vector128<byte> b) => Vector128.Min(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MaxS(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MaxU(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> AddSatS(Vector128<byte> a, Vector128<byte> b) => Vector128.AddSaturate(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> AddSatU(Vector128<byte> a, Vector128<byte> b) => Vector128.AddSaturate(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> SubSatS(Vector128<byte> a, Vector128<byte> b) => Vector128.SubtractSaturate(a.AsInt16(), b.AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> SubSatU(Vector128<byte> a, Vector128<byte> b) => Vector128.SubtractSaturate(a.AsUInt16(), b.AsUInt16()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> AvgrU(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Average(a.AsUInt16(), b.AsUInt16()).AsByte()
        : ((a | b).AsUInt16() - ((a ^ b).AsUInt16() >>> 1)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendLowI8x16S(Vector128<byte> a) => Vector128.WidenLower(a.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendLowI8x16U(Vector128<byte> a) => Vector128.WidenLower(a.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtmulLowI8x16S(Vector128<byte> a, Vector128<byte> b) => (Vector128.WidenLower(a.AsSByte()) * Vector128.WidenLower(b.AsSByte())).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtmulLowI8x16U(Vector128<byte> a, Vector128<byte> b) => (Vector128.WidenLower(a.AsByte()) * Vector128.WidenLower(b.AsByte())).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendHighI8x16S(Vector128<byte> a) => Vector128.WidenUpper(a.AsSByte()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtendHighI8x16U(Vector128<byte> a) => Sse2.IsSupported
        ? Sse2.UnpackHigh(a, Vector128<byte>.Zero)
        : Vector128.WidenUpper(a.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtmulHighI8x16S(Vector128<byte> a, Vector128<byte> b) => (Vector128.WidenUpper(a.AsSByte()) * Vector128.WidenUpper(b.AsSByte())).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtmulHighI8x16U(Vector128<byte> a, Vector128<byte> b) => (Vector128.WidenUpper(a.AsByte()) * Vector128.WidenUpper(b.AsByte())).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtaddPairwiseI8x16S(Vector128<byte> a) => Ssse3.IsSupported
        ? Ssse3.MultiplyAddAdjacent(Vector128<byte>.One, a.AsSByte()).AsByte()
        : ((a.AsInt16() << 8 >> 8) + (a.AsInt16() >> 8)).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtaddPairwiseI8x16U(Vector128<byte> a) => Ssse3.IsSupported
        ? Ssse3.MultiplyAddAdjacent(a, Vector128<sbyte>.One).AsByte()
        : ((a.AsUInt16() << 8 >>> 8) + (a.AsUInt16() >>> 8)).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> NarrowI32x4S(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported) return Sse2.PackSignedSaturate(a.AsInt32(), b.AsInt32()).AsByte();
        var (low, high) = (Vector128.Create((int)short.MinValue), Vector128.Create((int)short.MaxValue));
        var left = Vector128.Min(Vector128.Max(a.AsInt32(), low), high);
        var right = Vector128.Min(Vector128.Max(b.AsInt32(), low), high);
        return Vector128.Narrow(left, right).AsByte();
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> NarrowI32x4U(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse41.IsSupported) return Sse41.PackUnsignedSaturate(a.AsInt32(), b.AsInt32()).AsByte();
        var (low, high) = (Vector128.Create((int)0), Vector128.Create((int)ushort.MaxValue));
        var left = Vector128.Min(Vector128.Max(a.AsInt32(), low), high);
        var right = Vector128.Min(Vector128.Max(b.AsInt32(), low), high);
        return Vector128.Narrow(left.AsUInt32(), right.AsUInt32()).AsByte();
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> Q15mulrSatS(Vector128<byte> a, Vector128<byte> b)
    {
        if (Ssse3.IsSupported)
        {
            // It takes −1 · −1 for −1, which is the only result of that kind.
            var product = Ssse3.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16());
            return (product ^ Vector128.Equals(product, Vector128.Create(short.MinValue))).AsByte();
        }
        var round = Vector128.Create(0x4000);
        var low = (Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16()) + round) >> 15;
        var high = (Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16()) + round) >> 15;
        return NarrowI32x4S(low.AsByte(), high.AsByte());
    }
}
