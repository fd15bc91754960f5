using System.Buffers.Binary;

namespace ClawGrains.Wasm.Bench;

/// <summary>A module of 450 functions in some 280 KB, none of which is trivial; its first call reaches ten of them.</summary>
internal static class BigModule
{
    private const int Functions = 450, Statements = 30, Reached = 10;

    /// <summary>The last byte is the contents of a custom section: change it and the module is another one.</summary>
    public static byte[] Write()
    {
        var module = new MemoryStream();
        module.Write([0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0]);
        Section(module, 1, [1, 0x60, 1, 0x7F, 1, 0x7F]);
        Section(module, 3, [.. Leb(Functions), .. new byte[Functions]]);
        Section(module, 5, [1, 0, 1]);
        Section(module, 7, [1, 5, .. "entry"u8, 0, .. Leb(Functions - 1)]);
        Section(module, 10, [.. Leb(Functions), .. Enumerable.Range(0, Functions).SelectMany(Function)]);
        Section(module, 0, [4, .. "salt"u8, 0]);
        return module.ToArray();
    }

    private static void Section(MemoryStream module, byte id, byte[] contents)
    {
        module.WriteByte(id);
        module.Write([.. Leb(contents.Length), .. contents]);
    }

    private static IEnumerable<byte> Function(int index)
    {
        // One more local of i32 and one of f64; a loop of three turns around the statements.
        byte[] body =
        [
            2, 1, 0x7F, 1, 0x7C, 0x41, 3, 0x21, 1, 0x03, 0x40, .. Enumerable.Range(0, Statements).SelectMany(s => Statement(index + s)),
            0x20, 1, 0x41, 1, 0x6B, 0x22, 1, 0x0D, 0, 0x0B, .. Calls(index), 0x20, 0, 0x0B,
        ];
        return [.. Leb(body.Length), .. body];
    }

    private static byte[] Statement(int n) => (n % 4) switch
    {
        // local0 = (local0 * K ^ memory[local0 & 0xFFF]) + K
        0 => [0x20, 0, .. Const(n * 7919), 0x6C, 0x20, 0, .. Const(0xFFC), 0x71, 0x28, 2, 0, 0x73, .. Const(n), 0x6A, 0x21, 0],
        // if (local0 < K) local0 += K else memory[8] = local0
        1 => [0x20, 0, .. Const(n * 104729), 0x48, 0x04, 0x40, 0x20, 0, .. Const(n), 0x6A, 0x21, 0, 0x05, .. Const(8), 0x20, 0, 0x36, 2, 0, 0x0B],
        // local2 = local2 * 1.5 + local0
        2 => [0x20, 2, 0x44, .. Double(1.5), 0xA2, 0x20, 0, 0xB7, 0xA0, 0x21, 2],
        // local0 = rotl(local0, K) - (local0 >> 3)
        _ => [0x20, 0, .. Const(n & 31), 0x77, 0x20, 0, .. Const(3), 0x76, 0x6B, 0x21, 0],
    };

    /// <summary>The last function calls some of the others.</summary>
    private static byte[] Calls(int index) => index < Functions - 1 ? []
        : [.. Enumerable.Range(1, Reached).SelectMany(i => (byte[])[0x20, 0, 0x10, .. Leb(i * 40), 0x21, 0])];

    private static byte[] Const(int value) => [0x41, .. Signed(value)];

    private static byte[] Double(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return bytes;
    }

    private static List<byte> Leb(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }

    private static List<byte> Signed(int value)
    {
        var bytes = new List<byte>();
        for (; value is < -64 or > 63; value >>= 7) bytes.Add((byte)(value & 0x7F | 0x80));
        bytes.Add((byte)(value & 0x7F));
        return bytes;
    }
}
