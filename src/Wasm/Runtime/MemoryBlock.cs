using System.Numerics;
using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>
/// The bytes behind a memory, zero when fresh or cleaned. In front of them lies one byte per 4 KiB page that is set
/// when the page is written: compiled code sets it at a fixed distance from the base (<see cref="MapDistance"/>).
/// A set byte covers its page and the <see cref="Overlap"/> bytes after it. In front of the map, in the same page of the
/// operating system, are the limits: for each size of access the last address it fits at, or a negative number.
/// </summary>
internal sealed unsafe class MemoryBlock
{
    public const int MapDistance = Front - LimitRoom;
    public const int DirtyShift = 12;
    public const int DirtyPage = 1 << DirtyShift;
    public const int Overlap = 256;

    // The limits, the map for 4 GiB, and what keeps the base at a page's start.
    private const int Front = (1 << 20) + DirtyPage, LimitRoom = 64, LimitSizes = 5;

    private readonly byte* allocation;
    private readonly nuint size;
    private long committed;

    private MemoryBlock(byte* allocation, nuint size, long capacity)
    {
        this.allocation = allocation;
        this.size = size;
        Capacity = capacity;
        Base = allocation + Front;
        VirtualMemory.Commit(allocation, Front);
        SetLength(0);
    }

    public byte* Base { get; }

    /// <summary>How large the memory can become without moving.</summary>
    public long Capacity { get; }

    /// <summary>About how many bytes of it the operating system holds for us.</summary>
    public long Touched { get; private set; }

    /// <summary>What a memory of a disposed store has.</summary>
    public static MemoryBlock Empty { get; } = TryCreate(0) ?? throw new InvalidOperationException("No address space is left.");

    /// <summary>A block of that capacity, or null when there is no address space.</summary>
    public static MemoryBlock? TryCreate(long capacity)
    {
        var size = (nuint)(Front + capacity + DirtyPage);
        var allocation = VirtualMemory.Reserve(size);
        return allocation == null ? null : new MemoryBlock(allocation, size, capacity);
    }

    /// <summary>How far in front of the base the limit for accesses of that many bytes (a power of two up to 16) is kept.</summary>
    public static int LimitDistance(int size) => Front - (sizeof(long) * BitOperations.Log2((uint)size));

    /// <summary>Sets the limits for a memory of that many bytes.</summary>
    public void SetLength(long length)
    {
        for (var i = 0; i < LimitSizes; i++) ((long*)allocation)[i] = length - (1L << i);
    }

    /// <summary>Makes the first bytes usable; false when the system refuses.</summary>
    public bool Commit(long bytes)
    {
        if (bytes <= committed) return true;
        if (!VirtualMemory.Commit(Base + committed, (nuint)(bytes - committed + DirtyPage))) return false;
        committed = bytes;
        return true;
    }

    /// <summary>The dirty bytes of the first <paramref name="length"/> bytes of memory.</summary>
    public Span<byte> Map(long length) => new(allocation + LimitRoom, (int)((length + DirtyPage - 1) >> DirtyShift));

    public void MarkWritten(ulong offset, ulong length)
    {
        if (length == 0) return;
        var first = offset >> DirtyShift;
        var last = (offset + length - 1) >> DirtyShift;
        var map = allocation + LimitRoom;
        map[first] = 1;
        if (last > first) NativeMemory.Fill(map + first + 1, (nuint)(last - first), 1);
    }

    /// <summary>Returns every written page to <paramref name="image"/>, or to zero without one.</summary>
    public void Restore(long length, MemoryImage? image)
    {
        var map = Map(length);
        for (var page = 0; page < map.Length; page++)
        {
            page = NextDirty(map, page);
            if (page < 0) break;
            var end = EndOfRun(map, page);
            RestoreRun(page, end, image);
            map[page..end].Clear();
            page = end;
        }
    }

    private static int NextDirty(Span<byte> map, int from)
    {
        var found = map[from..].IndexOfAnyExcept((byte)0);
        return found < 0 ? -1 : from + found;
    }

    private static int EndOfRun(Span<byte> map, int from)
    {
        var length = map[from..].IndexOf((byte)0);
        return length < 0 ? map.Length : from + length;
    }

    private void RestoreRun(int first, int end, MemoryImage? image)
    {
        Touched = Math.Max(Touched, (long)end << DirtyShift);
        var start = (nuint)first << DirtyShift;
        VirtualMemory.Zero(Base + start, ((nuint)end << DirtyShift) - start);
        if (((long)end << DirtyShift) < Capacity) NativeMemory.Clear(Base + ((nuint)end << DirtyShift), Overlap);
        image?.CopyTo(Base, first, end);
    }

    public void Free() => VirtualMemory.Release(allocation, size);
}
