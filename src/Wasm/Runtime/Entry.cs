using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Crossing from the host into a guest.</summary>
internal static class Entry
{
    /// <summary>
    /// Whether the store is known to guard the stack of the current thread. Asking the system which thread that is takes
    /// a third of a call, so a place within the known stack of a thread that lives is answer enough.
    /// </summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool IsGuarded(StoreState state)
    {
        byte here;
        return (nuint)(&here) - state.StackLimit < state.StackSize && *state.ThreadEnded == 0;
    }

    /// <summary>Has the store guard the stack of the current thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe void Guard(StoreState state)
    {
        if (ThreadStack.Limit != state.StackLimit || (state.StackSize > 0 && *state.ThreadEnded != 0)) Adopt(state);
    }

    /// <summary>
    /// Puts back what was before. Depth begins at 0, so both are 0 at the outermost call; writing that as a constant, a
    /// call needn't wait for what the one before it has put aside.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(StoreState state, int depth, int entries)
    {
        if (entries == 0)
        {
            state.Depth = state.Entries = 0;
            return;
        }
        state.Depth = depth;
        state.Entries = entries;
    }

    /// <summary>What the last block before the return cost is seen here, if nowhere earlier.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckFuel(StoreState state)
    {
        if (state.Fuel < 0) ThrowOutOfFuel(state);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ThrowOutOfFuel(StoreState state) => throw Traps.OutOfFuel(state);

    private static unsafe void Adopt(StoreState state)
    {
        if (state.Entries > 0) throw new InvalidOperationException("The store is in use by another thread.");
        if (state.MaxDepth == Disposed) throw new ObjectDisposedException(nameof(Store));
        state.StackSize = 0;
        state.StackLimit = ThreadStack.Limit;
        state.ThreadEnded = ThreadEnd.Cell;
        if (state.ThreadEnded != null) state.StackSize = ThreadStack.Size;
    }

    /// <summary>The value of <see cref="StoreState.MaxDepth"/> after disposal.</summary>
    public const int Disposed = int.MinValue;
}
