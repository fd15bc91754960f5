using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Lanes of 64-bit floats (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static class F64x2
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Splat(double value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)] public static double ExtractLane(Vector128<byte> a, int lane) => a.AsDouble().GetElement(lane);

    [MethodImpl(Inline)] public static Vector128<byte> ReplaceLane(Vector128<byte> a, double value, int lane) => a.AsDouble().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Eq(Vector128<byte> a, Vector128<byte> b) => Vector128.Equals(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ne(Vector128<byte> a, Vector128<byte> b) => ~Vector128.Equals(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Lt(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Gt(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Le(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ge(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsDouble(), b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Abs(Vector128<byte> a) => (a.AsInt64() & Vector128.Create(long.MaxValue)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Neg(Vector128<byte> a) => (a.AsInt64() ^ Vector128.Create(long.MinValue)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sqrt(Vector128<byte> a) => Vector128.Sqrt(a.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ceil(Vector128<byte> a) => Vector128.Ceiling(a.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Floor(Vector128<byte> a) => Vector128.Floor(a.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Trunc(Vector128<byte> a) => Vector128.Truncate(a.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Nearest(Vector128<byte> a) => Vector128.Round(a.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => (a.AsDouble() + b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sub(Vector128<byte> a, Vector128<byte> b) => (a.AsDouble() - b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Mul(Vector128<byte> a, Vector128<byte> b) => (a.AsDouble() * b.AsDouble()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Div(Vector128<byte> a, Vector128<byte> b) => (a.AsDouble() / b.AsDouble()).AsByte();

    // The chosen lane by comparison; equal lanes differ at most in the sign of zero; a NaN is made quiet by adding.
    [MethodImpl(Inline)]
    public static Vector128<byte> Min(Vector128<byte> a, Vector128<byte> b)
    {
        var (left, right) = (a.AsDouble(), b.AsDouble());
        if (Sse2.IsSupported)
        {
            // The machine's takes the second of equal ones.
            var either = Sse2.Min(left, right) | Sse2.Min(right, left);
            return Vector128.ConditionalSelect(Sse2.CompareOrdered(left, right), either, left + right).AsByte();
        }
        var chosen = Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);
        chosen = Vector128.ConditionalSelect(Vector128.Equals(left, right), (a | b).AsDouble(), chosen);
        var ordered = Vector128.Equals(left, left) & Vector128.Equals(right, right);
        return Vector128.ConditionalSelect(ordered, chosen, left + right).AsByte();
    }

    // The chosen lane by comparison; equal lanes differ at most in the sign of zero; a NaN is made quiet by adding.
    [MethodImpl(Inline)]
    public static Vector128<byte> Max(Vector128<byte> a, Vector128<byte> b)
    {
        var (left, right) = (a.AsDouble(), b.AsDouble());
        if (Sse2.IsSupported)
        {
            // The machine's takes the second of equal ones.
            var either = Sse2.Max(left, right) & Sse2.Max(right, left);
            return Vector128.ConditionalSelect(Sse2.CompareOrdered(left, right), either, left + right).AsByte();
        }
        var chosen = Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);
        chosen = Vector128.ConditionalSelect(Vector128.Equals(left, right), (a & b).AsDouble(), chosen);
        var ordered = Vector128.Equals(left, left) & Vector128.Equals(right, right);
        return Vector128.ConditionalSelect(ordered, chosen, left + right).AsByte();
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> Pmin(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Min(b.AsDouble(), a.AsDouble()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(b.AsDouble(), a.AsDouble()), b.AsDouble(), a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> Pmax(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported
        ? Sse2.Max(b.AsDouble(), a.AsDouble()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(a.AsDouble(), b.AsDouble()), b.AsDouble(), a.AsDouble()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> PromoteLowF32x4(Vector128<byte> a) =>
        Vector128.Create((double)a.AsSingle().GetElement(0), a.AsSingle().GetElement(1)).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ConvertLowI32x4S(Vector128<byte> a) =>
        Vector128.Create((double)a.AsInt32().GetElement(0), a.AsInt32().GetElement(1)).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> ConvertLowI32x4U(Vector128<byte> a) =>
        Vector128.Create((double)a.AsUInt32().GetElement(0), a.AsUInt32().GetElement(1)).AsByte();
}
