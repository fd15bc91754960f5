using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Untyped values to and from what compiled code takes.</summary>
internal static class Marshalling
{
    public static void Check(ReadOnlySpan<Value> values, ReadOnlySpan<ValueKind> kinds, Store store, string what)
    {
        if (values.Length != kinds.Length) throw new ArgumentException($"{kinds.Length} {what}s are needed, {values.Length} were given.");
        for (var i = 0; i < kinds.Length; i++)
        {
            if (values[i].Kind != kinds[i]) throw new ArgumentException($"The {what} {i} is {values[i]}, not {kinds[i]}.");
            if (kinds[i] == ValueKind.FuncRef && values[i].Reference is Function function && function.Store != store)
                throw new ArgumentException($"The {what} {i} is a function of another store.");
        }
    }

    public static int GetI32(ref Value values, int index) => (int)Unsafe.Add(ref values, index).Low;

    public static long GetI64(ref Value values, int index) => (long)Unsafe.Add(ref values, index).Low;

    public static float GetF32(ref Value values, int index) => BitConverter.UInt32BitsToSingle((uint)Unsafe.Add(ref values, index).Low);

    public static double GetF64(ref Value values, int index) => BitConverter.UInt64BitsToDouble(Unsafe.Add(ref values, index).Low);

    public static Vector128<byte> GetV128(ref Value values, int index) => Unsafe.Add(ref values, index).AsV128();

    public static object? GetReference(ref Value values, int index) => Unsafe.Add(ref values, index).Reference;

    public static void SetI32(int value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.I32(value);

    public static void SetI64(long value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.I64(value);

    public static void SetF32(float value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.F32(value);

    public static void SetF64(double value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.F64(value);

    public static void SetV128(Vector128<byte> value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.V128(value);

    public static void SetFuncRef(object? value, ref Value values, int index) => Unsafe.Add(ref values, index) = new Value(ValueKind.FuncRef, 0, 0, value);

    public static void SetExternRef(object? value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.ExternRef(value);

    public static string Getter(ValueKind kind) => kind is ValueKind.FuncRef or ValueKind.ExternRef ? nameof(GetReference) : $"Get{kind}";

    public static string Setter(ValueKind kind) => $"Set{kind}";
}
