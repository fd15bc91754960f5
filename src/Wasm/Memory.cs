namespace ClawGrains.Wasm;

/// <summary>A linear memory (§4.2.8). Spans taken from it are valid until the guest runs, the memory grows or the store is disposed.</summary>
public sealed class Memory : Extern
{
    /// <summary>The size of a page in bytes.</summary>
    public const int PageSize = 65536;

    /// <summary>A new memory. Throws <see cref="LinkException"/> when the store's limits don't allow it.</summary>
    public Memory(Store store, Limits limits) : base(store) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override ExternType ExternType => throw new NotImplementedException();

    /// <summary>The size in bytes.</summary>
    public long Size => throw new NotImplementedException();

    /// <summary>The size in pages of 64 KiB.</summary>
    public uint Pages => throw new NotImplementedException();

    /// <summary>Adds pages; returns the size in pages before, or −1 when refused.</summary>
    public int Grow(uint pages) => throw new NotImplementedException();

    /// <summary>The bytes of a range, to read. Throws a <see cref="TrapException"/> of kind <see cref="TrapKind.MemoryOutOfBounds"/> when it reaches past the end.</summary>
    public ReadOnlySpan<byte> Read(uint offset, uint length) => throw new NotImplementedException();

    /// <summary>The bytes of a range, to write (they count as changed). Throws a <see cref="TrapException"/> of kind <see cref="TrapKind.MemoryOutOfBounds"/> when it reaches past the end.</summary>
    public Span<byte> Write(uint offset, uint length) => throw new NotImplementedException();

    /// <summary>Reads an unmanaged value of little-endian layout; traps like <see cref="Read(uint, uint)"/>.</summary>
    public T Read<T>(uint offset) where T : unmanaged => throw new NotImplementedException();

    /// <summary>Writes an unmanaged value of little-endian layout; traps like <see cref="Write(uint, uint)"/>.</summary>
    public void Write<T>(uint offset, T value) where T : unmanaged => throw new NotImplementedException();
}
