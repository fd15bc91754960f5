using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClawGrains.Wasm.Compilation.Vectors;

/// <summary>Whole vectors, and loads and stores of vectors by checked address (§4.3.6). Named after the instructions, inlined into compiled code.</summary>
internal static unsafe class V128
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    [MethodImpl(Inline)] public static Vector128<byte> Not(Vector128<byte> a) => ~a;

    [MethodImpl(Inline)] public static Vector128<byte> And(Vector128<byte> a, Vector128<byte> b) => a & b;

    [MethodImpl(Inline)] public static Vector128<byte> Andnot(Vector128<byte> a, Vector128<byte> b) => a & ~b;

    [MethodImpl(Inline)] public static Vector128<byte> Or(Vector128<byte> a, Vector128<byte> b) => a | b;

    [MethodImpl(Inline)] public static Vector128<byte> Xor(Vector128<byte> a, Vector128<byte> b) => a ^ b;

    [MethodImpl(Inline)] public static Vector128<byte> Bitselect(Vector128<byte> a, Vector128<byte> b, Vector128<byte> mask) => (a & mask) | (b & ~mask);

    [MethodImpl(Inline)] public static int AnyTrue(Vector128<byte> a) => a == Vector128<byte>.Zero ? 0 : 1;

    [MethodImpl(Inline)] public static Vector128<byte> Load(byte* at) => Unsafe.ReadUnaligned<Vector128<byte>>(at);

    [MethodImpl(Inline)] public static void Store(byte* at, Vector128<byte> a) => Unsafe.WriteUnaligned(at, a);

    [MethodImpl(Inline)] public static Vector128<byte> Load8x8S(byte* at) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(at)).AsSByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load8x8U(byte* at) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(at)).AsByte()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load16x4S(byte* at) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(at)).AsInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load16x4U(byte* at) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(at)).AsUInt16()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load32x2S(byte* at) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(at)).AsInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load32x2U(byte* at) => Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(at)).AsUInt32()).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load8Splat(byte* at) => Vector128.Create(Unsafe.ReadUnaligned<byte>(at)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load8Lane(byte* at, Vector128<byte> a, int lane) => a.AsByte().WithElement(lane, Unsafe.ReadUnaligned<byte>(at)).AsByte();

    [MethodImpl(Inline)] public static void Store8Lane(byte* at, Vector128<byte> a, int lane) => Unsafe.WriteUnaligned(at, a.AsByte().GetElement(lane));

    [MethodImpl(Inline)] public static Vector128<byte> Load16Splat(byte* at) => Vector128.Create(Unsafe.ReadUnaligned<ushort>(at)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load16Lane(byte* at, Vector128<byte> a, int lane) => a.AsUInt16().WithElement(lane, Unsafe.ReadUnaligned<ushort>(at)).AsByte();

    [MethodImpl(Inline)] public static void Store16Lane(byte* at, Vector128<byte> a, int lane) => Unsafe.WriteUnaligned(at, a.AsUInt16().GetElement(lane));

    [MethodImpl(Inline)] public static Vector128<byte> Load32Splat(byte* at) => Vector128.Create(Unsafe.ReadUnaligned<uint>(at)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load32Lane(byte* at, Vector128<byte> a, int lane) => a.AsUInt32().WithElement(lane, Unsafe.ReadUnaligned<uint>(at)).AsByte();

    [MethodImpl(Inline)] public static void Store32Lane(byte* at, Vector128<byte> a, int lane) => Unsafe.WriteUnaligned(at, a.AsUInt32().GetElement(lane));

    [MethodImpl(Inline)] public static Vector128<byte> Load32Zero(byte* at) => Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(at)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load64Splat(byte* at) => Vector128.Create(Unsafe.ReadUnaligned<ulong>(at)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Load64Lane(byte* at, Vector128<byte> a, int lane) => a.AsUInt64().WithElement(lane, Unsafe.ReadUnaligned<ulong>(at)).AsByte();

    [MethodImpl(Inline)] public static void Store64Lane(byte* at, Vector128<byte> a, int lane) => Unsafe.WriteUnaligned(at, a.AsUInt64().GetElement(lane));

    [MethodImpl(Inline)] public static Vector128<byte> Load64Zero(byte* at) => Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(at)).AsByte();

    [MethodImpl(Inline)] public static Vector128<byte> Constant(long low, long high) => Vector128.Create(low, high).AsByte();
}
