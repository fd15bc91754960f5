using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>A linear memory (§4.2.8). Spans taken from it are valid until the guest runs, the memory grows or the store is disposed.</summary>
public sealed unsafe class Memory : Extern
{
    /// <summary>The size of a page in bytes.</summary>
    public const int PageSize = 65536;

    private const uint MaxPages = 65536;
    private readonly Limits limits;
    private readonly List<Instance> users = [];
    private MemoryBlock block;
    private long highest;
    private MemoryImage? image;
    private bool untracked;

    // Read by compiled code of instances for which this is not the first memory.
    internal byte* Start;
    internal long Length;

    /// <summary>A new memory. Throws <see cref="LinkException"/> when the store's limits don't allow it.</summary>
    public Memory(Store store, Limits limits) : base(store)
    {
        this.limits = limits;
        store.AddMemory(this, (long)limits.Minimum * PageSize);
        var most = Math.Min(limits.Maximum ?? MaxPages, (uint)Math.Min(MaxPages, store.Limits.MemoryBytes / PageSize));
        block = store.Engine.Memories.Rent(limits.Minimum, most) ?? throw store.Refuse(this, limits.Minimum);
        Length = highest = (long)limits.Minimum * PageSize;
        Start = block.Base;
        block.SetLength(Length);
    }

    /// <inheritdoc/>
    public override ExternType ExternType => new MemoryType(new Limits(Pages, limits.Maximum));

    /// <summary>The size in bytes.</summary>
    public long Size => Length;

    /// <summary>The size in pages of 64 KiB.</summary>
    public uint Pages => (uint)(Length / PageSize);

    internal byte* Base => block.Base;

    /// <summary>Adds pages; returns the size in pages before, or −1 when refused.</summary>
    public int Grow(uint pages)
    {
        var before = Pages;
        if (pages == 0) return (int)before;
        var wanted = (ulong)before + pages;
        var refused = wanted > (limits.Maximum ?? MaxPages) || wanted > MaxPages || !Store.TryAddMemoryBytes((long)pages * PageSize);
        if (refused || !Extend((uint)wanted)) return -1;
        Length = (long)wanted * PageSize;
        highest = Math.Max(highest, Length);
        Publish();
        return (int)before;
    }

    /// <summary>The bytes of a range, to read. Throws a <see cref="TrapException"/> of kind <see cref="TrapKind.MemoryOutOfBounds"/> when it reaches past the end.</summary>
    public ReadOnlySpan<byte> Read(uint offset, uint length)
    {
        Check(offset, length);
        return new ReadOnlySpan<byte>(block.Base + offset, checked((int)length));
    }

    /// <summary>The bytes of a range, to write (they count as changed). Throws a <see cref="TrapException"/> of kind <see cref="TrapKind.MemoryOutOfBounds"/> when it reaches past the end.</summary>
    public Span<byte> Write(uint offset, uint length)
    {
        Check(offset, length);
        block.MarkWritten(offset, length);
        return new Span<byte>(block.Base + offset, checked((int)length));
    }

    /// <summary>Reads an unmanaged value of little-endian layout; traps like <see cref="Read(uint, uint)"/>.</summary>
    public T ReadValue<T>(uint offset) where T : unmanaged
    {
        Check(offset, (uint)sizeof(T));
        return Unsafe.ReadUnaligned<T>(block.Base + offset);
    }

    /// <summary>Writes an unmanaged value of little-endian layout; traps like <see cref="Write(uint, uint)"/>.</summary>
    public void WriteValue<T>(uint offset, T value) where T : unmanaged
    {
        Check(offset, (uint)sizeof(T));
        block.MarkWritten(offset, (uint)sizeof(T));
        Unsafe.WriteUnaligned(block.Base + offset, value);
    }

    internal void Attach(Instance instance)
    {
        users.Add(instance);
        instance.MemoryBase = block.Base;
        instance.MemoryLength = Length;
        instance.Track(!untracked);
    }

    /// <summary>From now on writes aren't marked: all counts as written.</summary>
    internal void StopTracking()
    {
        untracked = true;
        Publish();
    }

    internal void Check(uint offset, uint count)
    {
        if ((ulong)offset + count > (ulong)Length) throw new TrapException(TrapKind.MemoryOutOfBounds);
    }

    internal void MarkWritten(uint offset, uint count)
    {
        if (!untracked) block.MarkWritten(offset, count);
    }

    internal void TakeImage()
    {
        ResumeTracking();
        image?.Mark(block);
        image = new MemoryImage(block, highest);
    }

    internal void Detach(Instance instance) => users.Remove(instance);

    internal void Reset()
    {
        ResumeTracking();
        block.Restore(highest, image);
        if (Length == image!.Length) return;
        Store.TryAddMemoryBytes(image.Length - Length);
        Length = image.Length;
        Publish();
    }

    /// <summary>Gives the bytes back. Whoever still holds the memory finds it empty.</summary>
    internal void Free()
    {
        ResumeTracking();
        image?.Mark(block);
        image = null;
        var old = block;
        var used = highest;
        block = MemoryBlock.Empty;
        Length = highest = 0;
        Publish();
        Store.Engine.Memories.Return(old, used);
    }

    private bool Extend(uint pages)
    {
        var bytes = (long)pages * PageSize;
        if (bytes <= block.Capacity && block.Commit(bytes)) return true;
        var larger = Store.Engine.Memories.Rent(pages, pages);
        if (larger is null)
        {
            Store.TryAddMemoryBytes(Length - bytes);
            return false;
        }
        larger.MarkWritten(0, (ulong)Length);
        NativeMemory.Copy(block.Base, larger.Base, (nuint)Length);
        image?.Mark(block);
        Store.Engine.Memories.Return(block, highest);
        block = larger;
        return true;
    }

    private void ResumeTracking()
    {
        if (!untracked) return;
        untracked = false;
        block.MarkWritten(0, (ulong)highest);
        Publish();
    }

    // Compiled code reads the base and the Length from its instance, so all that share the memory are told.
    private void Publish()
    {
        Start = block.Base;
        block.SetLength(Length);
        foreach (var user in users)
        {
            user.MemoryBase = block.Base;
            user.MemoryLength = Length;
            if (user.Untracked != untracked) user.Track(!untracked);
        }
    }
}
