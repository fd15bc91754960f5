using System.Buffers.Binary;
using System.Text;

namespace ClawGrains.Fuzz.Wasm.Generation;

internal enum ValType : byte
{
    I32 = 0x7F, I64 = 0x7E, F32 = 0x7D, F64 = 0x7C, V128 = 0x7B, FuncRef = 0x70, ExternRef = 0x6F,
}

/// <summary>Writes the primitives of the binary format.</summary>
internal sealed class WasmWriter
{
    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public WasmWriter Byte(int value)
    {
        _bytes.WriteByte((byte)value);
        return this;
    }

    public WasmWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public WasmWriter U32(uint value)
    {
        for (; value >= 0x80; value >>= 7) Byte((int)(value | 0x80));
        return Byte((int)value);
    }

    public WasmWriter U32(int value) => U32((uint)value);

    public WasmWriter S64(long value)
    {
        while (value is < -64 or > 63)
        {
            Byte((int)(value & 0x7F | 0x80));
            value >>= 7;
        }
        return Byte((int)(value & 0x7F));
    }

    public WasmWriter F32(uint bits)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, bits);
        return Bytes(bytes);
    }

    public WasmWriter F64(ulong bits)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, bits);
        return Bytes(bytes);
    }

    public WasmWriter Name(string text) => Sized(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes behind their length.</summary>
    public WasmWriter Sized(ReadOnlySpan<byte> bytes) => U32(bytes.Length).Bytes(bytes);

    public WasmWriter Type(ValType type) => Byte((byte)type);

    public WasmWriter Types(IReadOnlyList<ValType> types)
    {
        U32(types.Count);
        foreach (var t in types) Type(t);
        return this;
    }

    /// <summary>An opcode: below 0x100 one byte, else a prefix and a LEB128 number (0xFD05 style).</summary>
    public WasmWriter Op(int code) =>
        code < 0x100 ? Byte(code) : Byte(code >> 16).U32(code & 0xFFFF);
}
