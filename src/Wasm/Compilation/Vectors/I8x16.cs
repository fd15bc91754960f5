using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Lanes of 8-bit integers (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static class I8x16
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Splat(int value) => Vector128.Create((sbyte)value).AsByte();

    [MethodImpl(Inline)] public static int ExtractLaneS(Vector128<byte> a, int lane) => a.AsSByte().GetElement(lane);

    [MethodImpl(Inline)] public static int ExtractLaneU(Vector128<byte> a, int lane) => a.AsByte().GetElement(lane);

    [MethodImpl(Inline)] public static Vector128<byte> ReplaceLane(Vector128<byte> a, int value, int lane) => a.AsSByte().WithElement(lane, (sbyte)value).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Eq(Vector128<byte> a, Vector128<byte> b) => Vector128.Equals(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ne(Vector128<byte> a, Vector128<byte> b) => ~Vector128.Equals(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LtU(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GtU(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeS(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> LeU(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeS(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> GeU(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> Abs(Vector128<byte> a) => Ssse3.IsSupported
        ? Ssse3.Abs(a.AsSByte()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(a.AsSByte(), Vector128<sbyte>.Zero), -a.AsSByte(), a.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Neg(Vector128<byte> a) => (-a.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static int AllTrue(Vector128<byte> a) => Vector128.EqualsAny(a.AsSByte(), Vector128<sbyte>.Zero) ? 0 : 1;

    [MethodImpl(Inline)] public static int Bitmask(Vector128<byte> a) => (int)a.AsSByte().ExtractMostSignificantBits();

    [MethodImpl(Inline)] public static Vector128<byte> Shl(Vector128<byte> a, int by) => (a.AsSByte() << (by & 7)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrS(Vector128<byte> a, int by) => (a.AsSByte() >> (by & 7)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ShrU(Vector128<byte> a, int by) => (a.AsSByte() >>> (by & 7)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => (a.AsSByte() + b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sub(Vector128<byte> a, Vector128<byte> b) => (a.AsSByte() - b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MinS(Vector128<byte> a, Vector128<byte> b) => Vector128.Min(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MinU(Vector128<byte> a, Vector128<byte> b) => Vector128.Min(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MaxS(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> MaxU(Vector128<byte> a, Vector128<byte> b) => Vector128.Max(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> AddSatS(Vector128<byte> a, Vector128<byte> b) => Vector128.AddSaturate(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> AddSatU(Vector128<byte> a, Vector128<byte> b) => Vector128.AddSaturate(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> SubSatS(Vector128<byte> a, Vector128<byte> b) => Vector128.SubtractSaturate(a.AsSByte(), b.AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> SubSatU(Vector128<byte> a, Vector128<byte> b) => Vector128.SubtractSaturate(a.AsByte(), b.AsByte()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> AvgrU(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Average(a, b)
        : ((a | b).AsByte() - ((a ^ b).AsByte() >>> 1)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Swizzle(Vector128<byte> a, Vector128<byte> b) => Vector128.Shuffle(a, b);

    /// <summary>Lanes of both by constant masks, in which 255 stands for the other vector.</summary>
    [MethodImpl(Inline)]
    public static Vector128<byte> Shuffle(Vector128<byte> a, Vector128<byte> b, Vector128<byte> fromA, Vector128<byte> fromB) =>
        Vector128.Shuffle(a, fromA) | Vector128.Shuffle(b, fromB);

    [MethodImpl(Inline)]
    public static Vector128<byte> Popcnt(Vector128<byte> a)
    {
        var counts = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        var low = Vector128.Create((byte)15);
        return Vector128.ShuffleNative(counts, a & low) + Vector128.ShuffleNative(counts, (a.AsUInt16() >>> 4).AsByte() & low);
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> NarrowI16x8S(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported) return Sse2.PackSignedSaturate(a.AsInt16(), b.AsInt16()).AsByte();
        var (low, high) = (Vector128.Create((short)sbyte.MinValue), Vector128.Create((short)sbyte.MaxValue));
        var left = Vector128.Min(Vector128.Max(a.AsInt16(), low), high);
        var right = Vector128.Min(Vector128.Max(b.AsInt16(), low), high);
        return Vector128.Narrow(left, right).AsByte();
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> NarrowI16x8U(Vector128<byte> a, Vector128<byte> b)
    {
        if (Sse2.IsSupported) return Sse2.PackUnsignedSaturate(a.AsInt16(), b.AsInt16());
        var (low, high) = (Vector128.Create((short)0), Vector128.Create((short)byte.MaxValue));
        var left = Vector128.Min(Vector128.Max(a.AsInt16(), low), high);
        var right = Vector128.Min(Vector128.Max(b.AsInt16(), low), high);
        return Vector128.Narrow(left.AsUInt16(), right.AsUInt16()).AsByte();
    }
}
