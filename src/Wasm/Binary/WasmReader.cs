using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace ClawGrains.Wasm.Binary;

/// <summary>Reads the primitives of the binary format (§5.1, §5.2) and fails with the specification's words.</summary>
internal ref struct WasmReader(ReadOnlySpan<byte> data, int position, int end, string section)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> data = data;

    public int Position = position;
    public readonly int End = end;
    public string Section = section;

    /// <summary>The proposals whose forms are accepted beyond the standard ones.</summary>
    public WasmFeatures Enabled;

    public readonly ReadOnlySpan<byte> WholeData => data;

    public readonly int Remaining => End - Position;

    public readonly bool AtEnd => Position >= End;

    public readonly DecodeException Malformed(string reason) => new(reason, Section, Position);

    public readonly DecodeException MalformedAt(string reason, int offset) => new(reason, Section, offset);

    public readonly bool Has(WasmFeatures feature) => (Enabled & feature) != 0;

    public readonly byte Peek() => Position < End ? data[Position] : throw Malformed("unexpected end");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte()
    {
        if (Position >= End) throw Malformed("unexpected end");
        return data[Position++];
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)Remaining) throw Malformed("unexpected end");
        var bytes = data.Slice(Position, count);
        Position += count;
        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint U32()
    {
        if (Position < End && data[Position] < 0x80) return data[Position++];
        return (uint)LongUnsigned(32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int S32()
    {
        if (Position < End && data[Position] < 0x80) return (sbyte)(data[Position++] << 1) >> 1;
        return (int)LongSigned(32);
    }

    public long S33() => LongSigned(33);

    public long S64() => LongSigned(64);

    public uint U32Fixed() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong U64Fixed() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    /// <summary>A vector's length; every element takes at least one byte, so more than the rest can't be.</summary>
    public int Count()
    {
        var start = Position;
        var count = U32();
        return count <= (uint)Remaining ? (int)count : throw MalformedAt("length out of bounds", start);
    }

    public string Name()
    {
        var start = Position;
        var length = U32();
        if (length > (uint)Remaining) throw MalformedAt("length out of bounds", start);
        try
        {
            return StrictUtf8.GetString(Bytes((int)length));
        }
        catch (DecoderFallbackException)
        {
            throw MalformedAt("malformed UTF-8 encoding", start);
        }
    }

    private ulong LongUnsigned(int bits)
    {
        var start = Position;
        ulong result = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            var room = bits - shift;
            if (room < 7 && (next & 0x7F) >> room != 0)
                throw MalformedAt(next >= 0x80 ? "integer representation too long" : "integer too large", start);
            result |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return result;
            if (room <= 7) throw MalformedAt("integer representation too long", start);
        }
    }

    private long LongSigned(int bits)
    {
        var start = Position;
        long result = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            var room = bits - shift;
            if (next >= 0x80 && room <= 7) throw MalformedAt("integer representation too long", start);
            if (room < 7 && !IsSignExtension(next, room)) throw MalformedAt("integer too large", start);
            result |= (long)(next & 0x7F) << shift;
            if (next >= 0x80) continue;
            var used = shift + 7;
            return used < 64 ? result << (64 - used) >> (64 - used) : result;
        }
    }

    // The bits of the last byte beyond the integer's width must repeat its sign bit.
    private static bool IsSignExtension(byte last, int room)
    {
        var high = (sbyte)(last << 1) >> room;
        return high is 0 or -1;
    }
}
