using System.Text;

namespace ClawGrains.Components.Binary;

/// <summary>A cursor over the bytes of one component; every error carries the offset in the whole file.</summary>
internal sealed class ByteReader(ReadOnlyMemory<byte> bytes, long start = 0)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private int _position;

    public long Offset => start + _position;

    public bool AtEnd => _position == bytes.Length;

    public int Remaining => bytes.Length - _position;

    public byte Byte()
    {
        if (AtEnd) throw EndOfFile();
        return bytes.Span[_position++];
    }

    public byte Peek() => AtEnd ? throw EndOfFile() : bytes.Span[_position];

    public ReadOnlyMemory<byte> Take(uint count)
    {
        if (count > Remaining) throw EndOfFile();
        var slice = bytes.Slice(_position, (int)count);
        _position += (int)count;
        return slice;
    }

    /// <summary>The next <paramref name="count"/> bytes as a reader of their own.</summary>
    public ByteReader Sub(uint count)
    {
        var at = Offset;
        return new ByteReader(Take(count), at);
    }

    public uint U32()
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var at = Offset;
            var b = Byte();
            if (shift == 28 && b > 0x0f)
                throw ComponentException.Malformed((b & 0x80) != 0 ? "integer representation too long" : "integer too large", at);
            value |= (uint)(b & 0x7f) << shift;
            if ((b & 0x80) == 0) return value;
        }
    }

    public ulong U64()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var at = Offset;
            var b = Byte();
            if (shift == 63 && b > 1)
                throw ComponentException.Malformed((b & 0x80) != 0 ? "integer representation too long" : "integer too large", at);
            value |= (ulong)(b & 0x7f) << shift;
            if ((b & 0x80) == 0) return value;
        }
    }

    public string Name()
    {
        var at = Offset;
        var length = U32();
        if (length > Limits.StringSize) throw ComponentException.Malformed($"string of {length} bytes exceeds the limit of {Limits.StringSize}", at);
        try
        {
            return StrictUtf8.GetString(Take(length).Span);
        }
        catch (DecoderFallbackException)
        {
            throw ComponentException.Malformed("malformed UTF-8 encoding", at);
        }
    }

    /// <summary>A vector: the count is checked against what is left before anything is allocated.</summary>
    public T[] Vec<T>(string what, uint limit, Func<ByteReader, T> item)
    {
        var at = Offset;
        var count = U32();
        if (count > limit) throw ComponentException.Malformed($"{what} count of {count} exceeds the limit of {limit}", at);
        if (count > Remaining) throw EndOfFile();
        var items = new T[count];
        for (var i = 0; i < items.Length; i++) items[i] = item(this);
        return items;
    }

    public T? Optional<T>(string what, Func<ByteReader, T> item) where T : class
    {
        var at = Offset;
        return Byte() switch
        {
            0 => null,
            1 => item(this),
            var b => throw BadByte(b, what, at),
        };
    }

    public void Zero(string what)
    {
        var at = Offset;
        var b = Byte();
        if (b != 0) throw BadByte(b, what, at);
    }

    public static ComponentException BadByte(byte b, string what, long at) =>
        ComponentException.Malformed($"invalid leading byte (0x{b:x}) for {what}", at);

    private ComponentException EndOfFile() => ComponentException.Malformed("unexpected end-of-file", start + bytes.Length);
}
