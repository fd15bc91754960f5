using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Lanes of 32-bit floats (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static class F32x4
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Splat(float value) => Vector128.Create(value).AsByte();

    [MethodImpl(Inline)] public static float ExtractLane(Vector128<byte> a, int lane) => a.AsSingle().GetElement(lane);

    [MethodImpl(Inline)] public static Vector128<byte> ReplaceLane(Vector128<byte> a, float value, int lane) => a.AsSingle().WithElement(lane, value).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Eq(Vector128<byte> a, Vector128<byte> b) => Vector128.Equals(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ne(Vector128<byte> a, Vector128<byte> b) => ~Vector128.Equals(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Lt(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThan(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Gt(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThan(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Le(Vector128<byte> a, Vector128<byte> b) => Vector128.LessThanOrEqual(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ge(Vector128<byte> a, Vector128<byte> b) => Vector128.GreaterThanOrEqual(a.AsSingle(), b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Abs(Vector128<byte> a) => (a.AsInt32() & Vector128.Create(int.MaxValue)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Neg(Vector128<byte> a) => (a.AsInt32() ^ Vector128.Create(int.MinValue)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sqrt(Vector128<byte> a) => Vector128.Sqrt(a.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Ceil(Vector128<byte> a) => Vector128.Ceiling(a.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Floor(Vector128<byte> a) => Vector128.Floor(a.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Trunc(Vector128<byte> a) => Vector128.Truncate(a.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Nearest(Vector128<byte> a) => Vector128.Round(a.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Add(Vector128<byte> a, Vector128<byte> b) => (a.AsSingle() + b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Sub(Vector128<byte> a, Vector128<byte> b) => (a.AsSingle() - b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Mul(Vector128<byte> a, Vector128<byte> b) => (a.AsSingle() * b.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Div(Vector128<byte> a, Vector128<byte> b) => (a.AsSingle() / b.AsSingle()).AsByte();

    // The chosen lane by comparison; equal lanes differ at most in the sign of zero; a NaN is made quiet by adding.
    [MethodImpl(Inline)]
    public static Vector128<byte> Min(Vector128<byte> a, Vector128<byte> b)
    {
        var (left, right) = (a.AsSingle(), b.AsSingle());
        if (Sse.IsSupported)
        {
            // The machine's takes the second of equal ones.
            var either = Sse.Min(left, right) | Sse.Min(right, left);
            return Vector128.ConditionalSelect(Sse.CompareOrdered(left, right), either, left + right).AsByte();
        }
        var chosen = Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);
        chosen = Vector128.ConditionalSelect(Vector128.Equals(left, right), (a | b).AsSingle(), chosen);
        var ordered = Vector128.Equals(left, left) & Vector128.Equals(right, right);
        return Vector128.ConditionalSelect(ordered, chosen, left + right).AsByte();
    }

    // The chosen lane by comparison; equal lanes differ at most in the sign of zero; a NaN is made quiet by adding.
    [MethodImpl(Inline)]
    public static Vector128<byte> Max(Vector128<byte> a, Vector128<byte> b)
    {
        var (left, right) = (a.AsSingle(), b.AsSingle());
        if (Sse.IsSupported)
        {
            // The machine's takes the second of equal ones.
            var either = Sse.Max(left, right) & Sse.Max(right, left);
            return Vector128.ConditionalSelect(Sse.CompareOrdered(left, right), either, left + right).AsByte();
        }
        var chosen = Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);
        chosen = Vector128.ConditionalSelect(Vector128.Equals(left, right), (a & b).AsSingle(), chosen);
        var ordered = Vector128.Equals(left, left) & Vector128.Equals(right, right);
        return Vector128.ConditionalSelect(ordered, chosen, left + right).AsByte();
    }

    [MethodImpl(Inline)]
    public static Vector128<byte> Pmin(Vector128<byte> a, Vector128<byte> b) => Sse.IsSupported
        ? Sse.Min(b.AsSingle(), a.AsSingle()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(b.AsSingle(), a.AsSingle()), b.AsSingle(), a.AsSingle()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> Pmax(Vector128<byte> a, Vector128<byte> b) => Sse.IsSupported
        ? Sse.Max(b.AsSingle(), a.AsSingle()).AsByte()
        : Vector128.ConditionalSelect(Vector128.LessThan(a.AsSingle(), b.AsSingle()), b.AsSingle(), a.AsSingle()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ConvertI32x4S(Vector128<byte> a) => Vector128.ConvertToSingle(a.AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> ConvertI32x4U(Vector128<byte> a) => Vector128.ConvertToSingle(a.AsUInt32()).AsByte();

    [MethodImpl(Inline)]
    public static Vector128<byte> DemoteF64x2Zero(Vector128<byte> a) =>
        Vector128.Create(Scalar.F32Quiet((float)a.AsDouble().GetElement(0)), Scalar.F32Quiet((float)a.AsDouble().GetElement(1)), 0, 0).AsByte();
}
