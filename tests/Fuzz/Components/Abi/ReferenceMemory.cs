using ClawGrains.Components.Core;
using ClawGrains.Components.Linking;

namespace ClawGrains.Fuzz.Components.Abi;

/// <summary>The document's <c>trap_if</c>.</summary>
internal sealed class ReferenceTrapException(string reason) : Exception(reason)
{
    public static void If(bool condition, string reason)
    {
        if (condition) throw new ReferenceTrapException(reason);
    }
}

/// <summary>
/// A guest's memory with a <c>realloc</c> that never reuses a byte, so that all that was ever written can be compared,
/// and that can be told to answer badly once. Its bytes are not zero to begin with.
/// </summary>
internal sealed class GuestMemory : ICoreMemory
{
    public const int Length = 1 << 16;
    private readonly uint? _badAnswer;
    private uint _top = 64;

    public GuestMemory(ulong seed, uint? badAnswer = null)
    {
        _badAnswer = badAnswer;
        new Random((int)(seed & 0xffff)).NextBytes(Bytes);
    }

    public byte[] Bytes { get; } = new byte[Length];

    /// <summary>The calls of <c>realloc</c>.</summary>
    public List<(uint Old, uint OldLength, uint Alignment, uint Length)> Calls { get; } = [];

    /// <summary>The end of what was allocated.</summary>
    public uint Top => _top;

    public long Size => Bytes.Length;

    public ReadOnlySpan<byte> Read(uint offset, uint length) => Bytes.AsSpan((int)offset, (int)length);

    public Span<byte> Write(uint offset, uint length) => Bytes.AsSpan((int)offset, (int)length);

    public uint Realloc(uint old, uint oldLength, uint alignment, uint length)
    {
        Calls.Add((old, oldLength, alignment, length));
        if (_badAnswer is { } bad && Calls.Count == 2) return bad;
        var pointer = Shape.AlignTo(_top, alignment);
        if (pointer + (ulong)length > Length) return pointer;
        _top = pointer + length;
        var kept = Math.Min(oldLength, length);
        Bytes.AsSpan((int)old, (int)kept).CopyTo(Bytes.AsSpan((int)pointer));
        return pointer;
    }
}

/// <summary>What the document calls the context: a memory and the encoding of its strings.</summary>
internal sealed record ReferenceContext(GuestMemory Memory, StringEncoding Encoding)
{
    public const uint MaxByteLength = (1u << 28) - 1;
    public const uint Utf16Tag = 1u << 31;

    public byte[] Bytes => Memory.Bytes;

    public ulong LoadInt(uint pointer, uint size) =>
        Enumerable.Range(0, (int)size).Aggregate(0ul, (bits, i) => bits | ((ulong)Bytes[pointer + i] << (8 * i)));

    public void StoreInt(ulong value, uint pointer, uint size)
    {
        for (var i = 0; i < size; i++) Bytes[pointer + i] = (byte)(value >> (8 * i));
    }

    public uint Reallocate(uint old, uint oldLength, uint alignment, uint length)
    {
        var pointer = Memory.Realloc(old, oldLength, alignment, length);
        CheckRange(pointer, length, alignment);
        return pointer;
    }

    public uint Allocate(uint alignment, uint length) => Reallocate(0, 0, alignment, length);

    public void CheckRange(uint pointer, ulong length, uint alignment)
    {
        ReferenceTrapException.If(pointer % alignment != 0, "alignment");
        ReferenceTrapException.If(pointer + length > (ulong)Bytes.Length, "bounds");
    }
}
