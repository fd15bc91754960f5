using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Crossing from the host into a guest.</summary>
internal static class Entry
{
    /// <summary>Enters; returns the depth the callee runs at, to be given back to <see cref="Leave"/> with <paramref name="entries"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Enter(StoreState state, out int entries)
    {
        if (ThreadStack.Limit != state.StackLimit) Adopt(state);
        entries = state.Entries;
        state.Entries = entries + 1;
        return state.Depth;
    }

    /// <summary>Puts back what was before: reading and decrementing the count again would make every call wait for the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(StoreState state, int depth, int entries)
    {
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Adopt(StoreState state)
    {
        if (state.Entries > 0) throw new InvalidOperationException("The store is in use by another thread.");
        if (state.MaxDepth == Disposed) throw new ObjectDisposedException(nameof(Store));
        state.StackLimit = ThreadStack.Limit;
    }

    /// <summary>The value of <see cref="StoreState.MaxDepth"/> after disposal.</summary>
    public const int Disposed = int.MinValue;
}
