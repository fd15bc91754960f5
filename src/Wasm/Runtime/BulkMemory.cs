using System.Runtime.CompilerServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>
/// Memory instructions that compiled code calls (§4.4.7). All lengths are checked before anything is written; long
/// ones run in pieces, between which an interrupt is seen. With metering they cost one unit per 64 bytes.
/// </summary>
internal static unsafe class BulkMemory
{
    private const uint Piece = 8 << 20;
    private const int BytesPerUnit = 64;

    // As guests' code is, so that short copies aren't slow until .NET finds that they are many.
    private const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;

    /// <summary>A guest has become busy: marking its writes would cost more than cleaning all of its memory.</summary>
    public static void StopTracking(Instance instance) => instance.Memory0!.StopTracking();

    public static int Size(Instance instance, int index) => (int)instance.Memories[index].Pages;

    public static int Grow(Instance instance, int index, int pages)
    {
        var before = instance.Memories[index].Grow((uint)pages);
        if (before < 0 && instance.Store.Limits.TrapOnGrowthFailure) throw new TrapException(TrapKind.GrowthRefused);
        return before;
    }

    [MethodImpl(AtOnce)]
    public static void Init(Instance instance, int segment, int index, int destination, int source, int count)
    {
        var data = instance.Module.Data.Datas[segment];
        var length = instance.DroppedData[segment] ? 0u : (uint)data.Length;
        if ((ulong)(uint)source + (uint)count > length) throw new TrapException(TrapKind.MemoryOutOfBounds);
        var memory = instance.Memories[index];
        memory.Check((uint)destination, (uint)count);
        if (count == 0) return;
        memory.MarkWritten((uint)destination, (uint)count);
        var given = instance.Module.Data.Bytes.AsSpan(data.Start + source, count);
        for (var to = memory.Base + (uint)destination; given.Length > 0; to += Piece)
        {
            var piece = given[..Math.Min(given.Length, (int)Piece)];
            piece.CopyTo(new Span<byte>(to, piece.Length));
            given = given[piece.Length..];
            if (given.Length > 0) Pause(instance);
        }
    }

    public static void Drop(Instance instance, int segment) => instance.DroppedData[segment] = true;

    [MethodImpl(AtOnce)]
    public static void Copy(Instance instance, int toIndex, int fromIndex, int destination, int source, int count)
    {
        var (to, from, left) = ((uint)destination, (uint)source, (uint)count);
        if ((toIndex | fromIndex) == 0 && left <= Piece)
        {
            Check(instance, to, left);
            Check(instance, from, left);
            if (!instance.Untracked) instance.Memory0!.MarkWritten(to, left);
            Buffer.MemoryCopy(instance.MemoryBase + from, instance.MemoryBase + to, left, left);
            return;
        }
        var (target, origin) = (instance.Memories[toIndex], instance.Memories[fromIndex]);
        target.Check(to, left);
        origin.Check(from, left);
        target.MarkWritten(to, left);
        var backwards = from < to;
        while (left > 0)
        {
            var piece = Math.Min(left, Piece);
            left -= piece;
            var at = backwards ? left : 0;
            Buffer.MemoryCopy(origin.Base + from + at, target.Base + to + at, piece, piece);
            if (!backwards) (to, from) = (to + piece, from + piece);
            Pause(instance, left);
        }
    }

    [MethodImpl(AtOnce)]
    public static void Fill(Instance instance, int index, int destination, int value, int count)
    {
        var (to, left) = ((uint)destination, (uint)count);
        if (index == 0 && left <= Piece)
        {
            Check(instance, to, left);
            if (!instance.Untracked) instance.Memory0!.MarkWritten(to, left);
            Unsafe.InitBlockUnaligned(instance.MemoryBase + to, (byte)value, left);
            return;
        }
        var memory = instance.Memories[index];
        memory.Check(to, left);
        memory.MarkWritten(to, left);
        while (left > 0)
        {
            var piece = Math.Min(left, Piece);
            new Span<byte>(memory.Base + to, (int)piece).Fill((byte)value);
            to += piece;
            left -= piece;
            Pause(instance, left);
        }
    }

    /// <summary>Charges for a bulk instruction over <paramref name="count"/> bytes.</summary>
    [MethodImpl(AtOnce)]
    public static void Charge(StoreState state, int count)
    {
        state.Fuel -= (uint)count / BytesPerUnit;
        if (state.Fuel < 0) throw Traps.OutOfFuel(state);
    }

    // Of the first memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(Instance instance, uint offset, uint count)
    {
        if ((long)((ulong)offset + count) > instance.MemoryLength) throw Traps.Create((int)TrapKind.MemoryOutOfBounds);
    }

    private static void Pause(Instance instance, uint left)
    {
        if (left > 0) Pause(instance);
    }

    /// <summary>Traps when an interrupt was asked for.</summary>
    public static void Pause(Instance instance)
    {
        if (Volatile.Read(ref instance.State.Interrupt) != 0) throw Traps.Interrupted(instance.State);
    }
}
