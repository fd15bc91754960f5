using System.Text;

namespace ClawGrains.Sandbox.Autogen;

/// <summary>Writes the primitives that core modules and components share (core spec, §5.2; component model, Binary.md).</summary>
internal sealed class ByteWriter
{
    private readonly MemoryStream _bytes = new();

    public int Length => (int)_bytes.Length;

    public ByteWriter Byte(byte value)
    {
        _bytes.WriteByte(value);
        return this;
    }

    public ByteWriter Bytes(ReadOnlySpan<byte> value)
    {
        _bytes.Write(value);
        return this;
    }

    /// <summary>Unsigned LEB128.</summary>
    public ByteWriter U32(int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7) Byte((byte)(rest | 0x80));
        return Byte((byte)rest);
    }

    /// <summary>Signed LEB128.</summary>
    public ByteWriter S32(int value)
    {
        while (value is < -64 or > 63)
        {
            Byte((byte)((value & 0x7f) | 0x80));
            value >>= 7;
        }
        return Byte((byte)(value & 0x7f));
    }

    public ByteWriter Name(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return U32(bytes.Length).Bytes(bytes);
    }

    /// <summary>The length of the other's bytes, and they.</summary>
    public ByteWriter Sized(ByteWriter content) => U32(content.Length).Bytes(content.ToArray());

    public ByteWriter Section(byte id, ByteWriter content) => Byte(id).Sized(content);

    public byte[] ToArray() => _bytes.ToArray();
}
