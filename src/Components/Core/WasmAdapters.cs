using ClawGrains.Wasm;

namespace ClawGrains.Components.Core;

internal sealed class WasmMemory(Memory memory) : ICoreMemory
{
    public long Size => memory.Size;

    public ReadOnlySpan<byte> Read(uint offset, uint length) => memory.Read(offset, length);

    public Span<byte> Write(uint offset, uint length) => memory.Write(offset, length);
}

internal sealed class WasmFunc(Function function) : ICoreFunc
{
    private readonly FunctionType _type = function.Type;

    public Function Function => function;

    public int ParameterCount => _type.Parameters.Length;

    public int ResultCount => _type.Results.Length;

    private Func<uint, uint, uint, uint, uint>? _realloc;

    /// <summary>Calls a function of <c>realloc</c>'s type; the delegate is made at the first call.</summary>
    public uint Realloc(uint old, uint oldLength, uint alignment, uint length) =>
        (_realloc ??= function.ToDelegate<Func<uint, uint, uint, uint, uint>>())(old, oldLength, alignment, length);

    /// <summary>The function as a delegate of a type that is known only at run time.</summary>
    public Delegate Delegate(Type type) => (Delegate)ToDelegate.MakeGenericMethod(type).Invoke(function, null)!;

    private static readonly System.Reflection.MethodInfo ToDelegate = typeof(Function).GetMethod(nameof(Function.ToDelegate))!;

    // An exception may not cross into another component, whose core code could catch it (CanonicalABI.md, call_and_trap_on_throw).
    private void Invoke(ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        try
        {
            function.Call(arguments, results);
        }
        catch (GuestException e)
        {
            throw new TrapException(e.Kind);
        }
    }

    public void Call(ReadOnlySpan<ulong> arguments, Span<ulong> results)
    {
        var values = new Value[arguments.Length + results.Length];
        for (var i = 0; i < arguments.Length; i++) values[i] = Slots.ToValue(_type.Parameters[i], arguments[i]);
        for (var i = 0; i < results.Length; i++) values[arguments.Length + i] = Value.Default(_type.Results[i]);
        var returned = values.AsSpan(arguments.Length);
        Invoke(values.AsSpan(0, arguments.Length), returned);
        for (var i = 0; i < results.Length; i++) results[i] = Slots.FromValue(returned[i]);
    }
}

/// <summary>A core function of the component runtime, over slots.</summary>
internal delegate void CoreCall(ReadOnlySpan<ulong> arguments, Span<ulong> results);

/// <summary>64-bit slots to and from the core engine's values.</summary>
internal static class Slots
{
    public static Value ToValue(ValueKind kind, ulong slot) => kind switch
    {
        ValueKind.I32 => Value.I32((int)(uint)slot),
        ValueKind.I64 => Value.I64((long)slot),
        ValueKind.F32 => Value.F32(BitConverter.UInt32BitsToSingle((uint)slot)),
        ValueKind.F64 => Value.F64(BitConverter.UInt64BitsToDouble(slot)),
        _ => throw new InvalidOperationException($"BUG: the canonical ABI has no value of kind {kind}."),
    };

    /// <summary>A core function that the component runtime provides.</summary>
    public static Function HostFunction(Store store, FunctionType type, CoreCall call) =>
        Function.FromUntyped(store, type, (_, arguments, results) =>
        {
            Span<ulong> slots = stackalloc ulong[arguments.Length];
            Span<ulong> returned = stackalloc ulong[results.Length];
            for (var i = 0; i < slots.Length; i++) slots[i] = FromValue(arguments[i]);
            call(slots, returned);
            for (var i = 0; i < returned.Length; i++) results[i] = ToValue(type.Results[i], returned[i]);
        });

    public static ulong FromValue(Value value) => value.Kind switch
    {
        ValueKind.I32 => (uint)value.AsI32(),
        ValueKind.I64 => (ulong)value.AsI64(),
        ValueKind.F32 => BitConverter.SingleToUInt32Bits(value.AsF32()),
        ValueKind.F64 => BitConverter.DoubleToUInt64Bits(value.AsF64()),
        _ => throw new InvalidOperationException($"BUG: the canonical ABI has no value of kind {value.Kind}."),
    };
}
