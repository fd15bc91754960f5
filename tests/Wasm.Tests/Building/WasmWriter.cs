using System.Text;

namespace ClawGrains.Wasm.Tests.Building;

/// <summary>Writes the primitives of the binary format.</summary>
internal sealed class WasmWriter
{
    private readonly List<byte> bytes = [];

    public byte[] ToArray() => [.. bytes];

    public WasmWriter Raw(params ReadOnlySpan<byte> raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public WasmWriter U32(uint value)
    {
        while (value >= 0x80)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
        }
        bytes.Add((byte)value);
        return this;
    }

    public WasmWriter S64(long value)
    {
        while (value is < -64 or > 63)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
            value >>= 7;
        }
        bytes.Add((byte)(value & 0x7F));
        return this;
    }

    public WasmWriter Name(string name)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        return U32((uint)utf8.Length).Raw(utf8);
    }

    public WasmWriter Vector(IReadOnlyCollection<byte[]> items)
    {
        U32((uint)items.Count);
        foreach (var item in items) Raw(item);
        return this;
    }
}
