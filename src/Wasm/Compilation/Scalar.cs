using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ClawGrains.Wasm.Compilation;

/// <summary>Scalar instructions that are no single IL instruction (§4.3). Inlined into compiled code.</summary>
internal static class Scalar
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    // The divisor is not 0. The smallest number's remainder by −1 would trap in the machine.
    [MethodImpl(Inline)] public static int I32RemS(int left, int right) => right == -1 ? 0 : left % right;

    [MethodImpl(Inline)] public static long I64Clz(long value) => BitOperations.LeadingZeroCount((ulong)value);

    [MethodImpl(Inline)] public static long I64Ctz(long value) => BitOperations.TrailingZeroCount((ulong)value);

    [MethodImpl(Inline)] public static long I64Popcnt(long value) => BitOperations.PopCount((ulong)value);

    [MethodImpl(Inline)] public static long I64Rotl(long value, long by) => (long)BitOperations.RotateLeft((ulong)value, (int)by);

    [MethodImpl(Inline)] public static long I64Rotr(long value, long by) => (long)BitOperations.RotateRight((ulong)value, (int)by);

    [MethodImpl(Inline)] public static long I64RemS(long left, long right) => right == -1 ? 0 : left % right;

    /// <summary>A single from bits that the JIT must not fold.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float F32Signalling(int bits) => BitConverter.Int32BitsToSingle(bits);

    /// <summary>Sets the quiet bit of a NaN, where the JIT may have left out the operation that would.</summary>
    [MethodImpl(Inline)]
    public static float F32Quiet(float value) =>
        float.IsNaN(value) ? F32ReinterpretI32(I32ReinterpretF32(value) | 0x00400000) : value;

    /// <summary>The same for a double.</summary>
    [MethodImpl(Inline)]
    public static double F64Quiet(double value) =>
        double.IsNaN(value) ? F64ReinterpretI64(I64ReinterpretF64(value) | 0x0008000000000000) : value;

    // Adding makes a NaN quiet, and −0 + 0 is 0; or-ing the bits keeps −0 as the smaller zero.
    [MethodImpl(Inline)]
    public static float F32Min(float left, float right)
    {
        if (left < right) return left;
        if (right < left) return right;
        return left == right ? F32ReinterpretI32(I32ReinterpretF32(left) | I32ReinterpretF32(right)) : left + right;
    }

    [MethodImpl(Inline)]
    public static float F32Max(float left, float right)
    {
        if (left > right) return left;
        if (right > left) return right;
        return left == right ? F32ReinterpretI32(I32ReinterpretF32(left) & I32ReinterpretF32(right)) : left + right;
    }

    [MethodImpl(Inline)]
    public static double F64Min(double left, double right)
    {
        if (left < right) return left;
        if (right < left) return right;
        return left == right ? F64ReinterpretI64(I64ReinterpretF64(left) | I64ReinterpretF64(right)) : left + right;
    }

    [MethodImpl(Inline)]
    public static double F64Max(double left, double right)
    {
        if (left > right) return left;
        if (right > left) return right;
        return left == right ? F64ReinterpretI64(I64ReinterpretF64(left) & I64ReinterpretF64(right)) : left + right;
    }

    [MethodImpl(Inline)] public static int I32ReinterpretF32(float value) => BitConverter.SingleToInt32Bits(value);

    [MethodImpl(Inline)] public static long I64ReinterpretF64(double value) => BitConverter.DoubleToInt64Bits(value);

    // Not BitConverter: over a narrow load or an extension the JIT of .NET 10 folds it into a four-byte load, which gives
    // other bits and reads past what was checked (tests/Wasm.Spec.Tests/Fixtures/miscompiled).
    [MethodImpl(Inline)] public static float F32ReinterpretI32(int value) => Vector128.CreateScalarUnsafe(value).AsSingle().ToScalar();

    [MethodImpl(Inline)] public static double F64ReinterpretI64(long value) => BitConverter.Int64BitsToDouble(value);

    [MethodImpl(Inline)] public static float F32ConvertI64S(long value) => value;

    [MethodImpl(Inline)] public static float F32ConvertI32U(int value) => (uint)value;

    [MethodImpl(Inline)] public static double F64ConvertI32U(int value) => (uint)value;

    [MethodImpl(Inline)] public static double F64ConvertI64U(long value) => (ulong)value;

    // Through a half rounded to odd, so that there is one rounding only.
    [MethodImpl(Inline)]
    public static float F32ConvertI64U(long value) => value >= 0 ? value : (float)((value & 1) | (value >>> 1)) * 2f;

    [MethodImpl(Inline)] public static int I32TruncSatF32S(float value) => I32TruncSatF64S(value);

    [MethodImpl(Inline)] public static int I32TruncSatF32U(float value) => I32TruncSatF64U(value);

    [MethodImpl(Inline)] public static long I64TruncSatF32S(float value) => I64TruncSatF64S(value);

    [MethodImpl(Inline)] public static long I64TruncSatF32U(float value) => I64TruncSatF64U(value);

    // .NET's own conversions saturate, and take NaN for 0, on every processor.
    [MethodImpl(Inline)] public static int I32TruncSatF64S(double value) => (int)value;

    [MethodImpl(Inline)] public static int I32TruncSatF64U(double value) => (int)(uint)value;

    [MethodImpl(Inline)] public static long I64TruncSatF64S(double value) => (long)value;

    [MethodImpl(Inline)] public static long I64TruncSatF64U(double value) => (long)(ulong)value;

    /// <summary>As x64 does it: the smallest number where it doesn't fit.</summary>
    [MethodImpl(Inline)] public static long TruncatedF32(float value) => Sse.X64.ConvertToInt64WithTruncation(Vector128.CreateScalarUnsafe(value));

    /// <summary>The same of a double.</summary>
    [MethodImpl(Inline)] public static long TruncatedF64(double value) => Sse2.X64.ConvertToInt64WithTruncation(Vector128.CreateScalarUnsafe(value));
}
