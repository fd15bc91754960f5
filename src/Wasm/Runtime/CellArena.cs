using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>The 16-byte cells of a store's numeric globals. They don't move and are freed together.</summary>
internal sealed unsafe class CellArena
{
    private const int ChunkCells = 32;
    private readonly List<Chunk> chunks = [];

    public ulong* Allocate(int count)
    {
        if (count == 0) return null;
        if (chunks.Count == 0 || chunks[^1].Used + count > chunks[^1].Capacity) chunks.Add(new Chunk(Math.Max(count, ChunkCells)));
        var chunk = chunks[^1];
        var cells = chunk.Cells + chunk.Used * 2;
        chunk.Used += count;
        return cells;
    }

    public void TakeImage()
    {
        foreach (var chunk in chunks) chunk.Image = new ReadOnlySpan<ulong>(chunk.Cells, chunk.Used * 2).ToArray();
    }

    public void Reset()
    {
        foreach (var chunk in chunks) chunk.Reset();
    }

    public void Free()
    {
        foreach (var chunk in chunks) NativeMemory.Free(chunk.Cells);
        chunks.Clear();
    }

    private sealed class Chunk(int capacity)
    {
        public readonly ulong* Cells = (ulong*)NativeMemory.AllocZeroed((nuint)capacity, 16);
        public readonly int Capacity = capacity;
        public ulong[] Image = [];
        public int Used;

        public void Reset()
        {
            Image.CopyTo(new Span<ulong>(Cells, Image.Length));
            if (Used * 2 > Image.Length) new Span<ulong>(Cells + Image.Length, Used * 2 - Image.Length).Clear();
            Used = Image.Length / 2;
        }
    }
}
