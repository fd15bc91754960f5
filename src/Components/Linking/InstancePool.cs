using System.Collections.Concurrent;
using ClawGrains.Wasm;

namespace ClawGrains.Components.Linking;

/// <summary>
/// Instances of one component, linked one way, that are back in the state after instantiation. One is as good as a new
/// one: no guest code can tell, since only such are kept as hold no handle, did not trap, and asked nothing of the host
/// while they were made.
/// </summary>
internal sealed class InstancePool
{
    /// <summary>Instances whose memories grew beyond this are not worth cleaning.</summary>
    private const long MaxMemory = 4 << 20;
    private static readonly int MaxKept = 4 * Environment.ProcessorCount;

    private readonly ConcurrentStack<LiveInstance> _kept = new();
    private int _made;

    public LiveInstance? TryTake() => _kept.TryPop(out var live) ? live : null;

    /// <summary>Remembers a new instance's state where others follow it: the first of its kind may stay the only one.</summary>
    public bool TryPrepare(LiveInstance made) => Interlocked.Increment(ref _made) > 1 && made.TrySnapshot();

    public bool TryReturn(LiveInstance live)
    {
        if (_kept.Count >= MaxKept || !live.TryReset(MaxMemory)) return false;
        _kept.Push(live);
        return true;
    }
}

/// <summary>An instance with what is known of it; several <see cref="ComponentInstance"/>s can use it, one after the other.</summary>
internal sealed class LiveInstance(ComponentFrame frame, Store? owned)
{
    public ComponentFrame Frame => frame;

    /// <summary>The store, where it was made for this instance.</summary>
    public Store? Owned => owned;

    /// <summary>The functions that were asked for, by the names they were asked for.</summary>
    public Dictionary<string, (FuncInst Func, Types.FuncType Type)?> Functions { get; } = new(StringComparer.Ordinal);

    public bool TrySnapshot()
    {
        if (!frame.Store.IsPristine || frame.Store.HostCalls > 0) return false;
        frame.Store.Store.Snapshot();
        return true;
    }

    public bool TryReset(long maxMemoryBytes)
    {
        if (!frame.Store.IsPristine || frame.Store.MemoryBytes > maxMemoryBytes) return false;
        frame.Store.Store.Reset();
        frame.Store.Store.ClearInterrupt();
        frame.Store.Store.Fuel = long.MaxValue;
        frame.Store.Data = null;
        return true;
    }
}

/// <summary>Drops what a component instance still owns when it is disposed.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs the destructors of guests' resources, within the fuel that is left and a second; what traps or has trapped
    /// is past cleaning up, and the host's own resources are dropped in any case.
    /// </summary>
    public static void Drop(RuntimeStore store)
    {
        if (store.Frames.Exists(f => f.State.MayEnter && f.State.Handles.Handles.Any(Destructible))) DropGuests(store);
        foreach (var resource in store.HostResources) resource.DestroyAll();
    }

    private static void DropGuests(RuntimeStore store)
    {
        using var limit = store.Store.InterruptAfter(Patience);
        try
        {
            foreach (var frame in store.Frames)
                foreach (var handle in frame.State.Handles.Handles.Where(Destructible).ToArray())
                    if (handle.Type.Implementer!.MayEnter) handle.Type.Destroy(handle.Rep, null);
        }
        catch (Exception e) when (e is TrapException or ComponentTrapException)
        {
            // The guest's own doing, and nobody is left to tell: the instance ends here.
        }
    }

    private static bool Destructible(Abi.ResourceHandle handle) => handle is { Own: true, Lends: 0, Type.Implementer: not null };
}
