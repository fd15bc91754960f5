namespace ClawGrains.Wasm.Runtime;

/// <summary>The written pages of a memory at a snapshot.</summary>
internal sealed unsafe class MemoryImage
{
    private readonly byte[] content;
    private readonly int[] places;

    public MemoryImage(MemoryBlock block, long length)
    {
        Length = length;
        var map = block.Map(length);
        places = new int[map.Length];
        var count = 0;
        for (var page = 0; page < map.Length; page++) places[page] = IsCovered(map, page) ? count++ : -1;
        content = new byte[(long)count << MemoryBlock.DirtyShift];
        for (var page = 0; page < map.Length; page++)
            if (places[page] >= 0) new ReadOnlySpan<byte>(block.Base + ((long)page << MemoryBlock.DirtyShift), MemoryBlock.DirtyPage).CopyTo(Slot(page));
        map.Clear();
    }

    /// <summary>The memory's size in bytes at the snapshot.</summary>
    public long Length { get; }

    /// <summary>Writes the pages from <paramref name="first"/> up to <paramref name="end"/>, and the overlap after them, where they were not zero.</summary>
    public void CopyTo(byte* destination, int first, int end)
    {
        for (var page = first; page < end && page < places.Length; page++)
            if (places[page] >= 0) Slot(page).CopyTo(new Span<byte>(destination + ((long)page << MemoryBlock.DirtyShift), MemoryBlock.DirtyPage));
        if (end < places.Length && places[end] >= 0)
            Slot(end)[..MemoryBlock.Overlap].CopyTo(new Span<byte>(destination + ((long)end << MemoryBlock.DirtyShift), MemoryBlock.Overlap));
    }

    /// <summary>Marks its pages as written again: whoever cleans the block without the image must clean them too.</summary>
    public void Mark(MemoryBlock block)
    {
        for (var page = 0; page < places.Length; page++)
            if (places[page] >= 0) block.MarkWritten((ulong)page << MemoryBlock.DirtyShift, 1);
    }

    private static bool IsCovered(Span<byte> map, int page) => map[page] != 0 || (page > 0 && map[page - 1] != 0);

    private Span<byte> Slot(int page) => content.AsSpan(places[page] << MemoryBlock.DirtyShift, MemoryBlock.DirtyPage);
}
