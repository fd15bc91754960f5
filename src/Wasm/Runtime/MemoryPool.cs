namespace ClawGrains.Wasm.Runtime;

/// <summary>Cleaned blocks for reuse, by capacity, up to a number of bytes.</summary>
internal sealed class MemoryPool(long maxBytes)
{
    private const int PagesOfEverything = 65536;
    private readonly Lock gate = new();
    private readonly Dictionary<long, Stack<MemoryBlock>> free = [];
    private long held;
    private bool closed;

    /// <summary>
    /// A zeroed block with <paramref name="pages"/> usable, and address space for up to <paramref name="mostPages"/>
    /// where there is some; null when there isn't even the former.
    /// </summary>
    public MemoryBlock? Rent(uint pages, uint mostPages)
    {
        var capacity = Capacity(Math.Max(pages, mostPages));
        var block = Take(capacity) ?? MemoryBlock.TryCreate(capacity) ?? MemoryBlock.TryCreate(Capacity(pages));
        if (block is null || block.Commit((long)pages * Memory.PageSize)) return block;
        block.Free();
        return null;
    }

    /// <summary>Takes a block back; <paramref name="length"/> is the most that was in use.</summary>
    public void Return(MemoryBlock block, long length)
    {
        block.Restore(length, null);
        lock (gate)
        {
            var cost = block.Touched + Memory.PageSize;
            if (!closed && held + cost <= maxBytes)
            {
                held += cost;
                if (!free.TryGetValue(block.Capacity, out var blocks)) free[block.Capacity] = blocks = new Stack<MemoryBlock>();
                blocks.Push(block);
                return;
            }
        }
        block.Free();
    }

    public void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (var block in free.Values.SelectMany(blocks => blocks)) block.Free();
            free.Clear();
            held = 0;
        }
    }

    private MemoryBlock? Take(long capacity)
    {
        lock (gate)
        {
            if (!free.TryGetValue(capacity, out var blocks) || !blocks.TryPop(out var block)) return null;
            held -= block.Touched + Memory.PageSize;
            return block;
        }
    }

    // Powers of two, so that few sizes serve all.
    private static long Capacity(uint pages) =>
        (long)Math.Min(PagesOfEverything, System.Numerics.BitOperations.RoundUpToPowerOf2(Math.Max(pages, 1))) * Memory.PageSize;
}
