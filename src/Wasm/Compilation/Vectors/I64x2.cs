using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Lanes of 64-bit integers (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static class I64x2
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Splat(long value) => Vector128.Create((long)value).AsByte();

    [MethodImpl(Inline)] public static long ExtractLane(Vector128<byte> a, int lane) => a.AsInt64().GetElement(lane);

    [MethodImpl(Inline)] public static Vector128<byte> ReplaceLane(Vector128<byte> a, long value, int lane) => a.AsInt64().WithElement(lane, (long)value).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Eq(Vector128<byte> a, Vector128<byte> b) => Vector128.Equals(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ne(Vector128<byte> a, Vector128<byte> b) => ~Vector128.Equals(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsInt64(), b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Abs(Vector128<byte> a) => Vector128.ConditionalSelect(Vector128.LessThan(a.AsInt64(), Vector128<long>.Zero), -a.AsInt64(), a.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Neg(Vector128<byte> a) => (-a.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static int AllTrue(Vector128<byte> a) => Vector128.EqualsAny(a.AsInt64(), Vector128<long>.Zero) ? 0 : 1;

    [MethodImpl(Inline)] public static int Bitmask(Vector128<byte> a) => (int)a.AsInt64().ExtractMostSignificantBits();

    [MethodImpl(Inline)] public static Vector128<byte> Shl(Vector128<byte> a, int by) => (a.AsInt64() << (by & 63)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrS(Vector128<byte> a, int by) => (a.AsInt64() >> (by & 63)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrU(Vector128<byte> a, int by) => (a.AsInt64() >>> (by & 63)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => (a.AsInt64() + b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sub(Vector128<byte> a, Vector128<byte> b) => (a.AsInt64() - b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Mul(Vector128<byte> a, Vector128<byte> b) => (a.AsInt64() * b.AsInt64()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendLowI32x4S(Vector128<byte> a) => Vector128.WidenLower(a.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendLowI32x4U(Vector128<byte> a) => Vector128.WidenLower(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulLowI32x4S(Vector128<byte> a, Vector128<byte> b) => Sse41.IsSupported
        ? Sse41.Multiply(Sse2.UnpackLow(a.AsInt32(), a.AsInt32()), Sse2.UnpackLow(b.AsInt32(), b.AsInt32())).AsByte()
        : (Vector128.WidenLower(a.AsInt32()) * Vector128.WidenLower(b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulLowI32x4U(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Multiply(Sse2.UnpackLow(a.AsUInt32(), a.AsUInt32()), Sse2.UnpackLow(b.AsUInt32(), b.AsUInt32())).AsByte()
        : (Vector128.WidenLower(a.AsUInt32()) * Vector128.WidenLower(b.AsUInt32())).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendHighI32x4S(Vector128<byte> a) => Vector128.WidenUpper(a.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ExtendHighI32x4U(Vector128<byte> a) => Vector128.WidenUpper(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulHighI32x4S(Vector128<byte> a, Vector128<byte> b) => Sse41.IsSupported
        ? Sse41.Multiply(Sse2.UnpackHigh(a.AsInt32(), a.AsInt32()), Sse2.UnpackHigh(b.AsInt32(), b.AsInt32())).AsByte()
        : (Vector128.WidenUpper(a.AsInt32()) * Vector128.WidenUpper(b.AsInt32())).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ExtmulHighI32x4U(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Multiply(Sse2.UnpackHigh(a.AsUInt32(), a.AsUInt32()), Sse2.UnpackHigh(b.AsUInt32(), b.AsUInt32())).AsByte()
        : (Vector128.WidenUpper(a.AsUInt32()) * Vector128.WidenUpper(b.AsUInt32())).AsByte();
}
