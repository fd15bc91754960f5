using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Crossing from the host into a guest.</summary>
internal static class Entry
{
    /// <summary>
    /// Whether no call from the host is running in the store, and it is known to guard the stack of the current thread.
    /// Asking the system which thread that is takes a third of a call, so a place within the known stack of a thread that
    /// lives is answer enough.
    /// </summary>
    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool IsOutermost(StoreState state)
    {
        byte here;
        return (nuint)(&here) - state.StackLimit < state.StackSize && *state.ThreadEnded == 0 && state.Entries == 0;
    }

    /// <summary>Has the store guard the stack of the current thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe void Guard(StoreState state)
    {
        if (ThreadStack.Limit != state.StackLimit || (state.StackSize > 0 && *state.ThreadEnded != 0)) Adopt(state);
    }

    /// <summary>Returns the depth that the call begins at, to be given back to <see cref="Leave"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Enter(StoreState state) => state.Entries++ == 0 ? 0 : state.Depth;

    /// <summary>Puts back what was before the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Leave(StoreState state, int depth)
    {
        state.Depth = depth;
        state.Entries--;
    }

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
