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
            if (!values[i].Kind.Fits(kinds[i])) throw new ArgumentException($"The {what} {i} is {values[i]}, not {kinds[i]}.");
            if (IsForeign(values[i], store)) throw new ArgumentException($"The {what} {i} belongs to another store.");
        }
    }

    /// <summary>Whether it refers to something of another store; host objects belong to none.</summary>
    public static bool IsForeign(Value value, Store store) => value.Kind switch
    {
        ValueKind.FuncRef => value.Reference is Function function && function.Store != store,
        ValueKind.ExnRef => value.Reference is ExceptionValue exception && exception.Tag.Store != store,
        _ => false,
    };

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

    public static void SetExnRef(object? value, ref Value values, int index) => Unsafe.Add(ref values, index) = new Value(ValueKind.ExnRef, 0, 0, value);

    public static void SetNullExnRef(object? value, ref Value values, int index) => Unsafe.Add(ref values, index) = Value.Default(ValueKind.NullExnRef);

    /// <summary>For functions that come in through a delegate: null, or one of the same store.</summary>
    public static object? Own(object? function, StoreState state)
    {
        if (function is Function { Store: var store } && store != state.Store) throw new ArgumentException("The function belongs to another store.");
        return function;
    }

    public static string Getter(ValueKind kind) => kind.IsReference() ? nameof(GetReference) : $"Get{kind}";

    public static string Setter(ValueKind kind) => $"Set{kind}";
}
