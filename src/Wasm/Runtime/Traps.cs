using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>What compiled code calls when it must stop. Not inlined, which would be done in every function.</summary>
internal static class Traps
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Create(int kind) => new TrapException((TrapKind)kind);

    /// <summary>Why a check on entry to a function failed: an interrupt, or depth.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Entry(StoreState state) =>
        Volatile.Read(ref state.Interrupt) != 0 ? Interrupted(state) : new TrapException(TrapKind.CallStackExhausted);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Interrupted(StoreState state) => new TrapException(TrapKind.Interrupted, state.InterruptReason);

    /// <summary>Why a metered loop doesn't go on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Stopped(StoreState state) => state.Fuel < 0 ? OutOfFuel(state) : Interrupted(state);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception OutOfFuel(StoreState state)
    {
        state.Fuel = 0;
        return new TrapException(TrapKind.OutOfFuel);
    }
}
