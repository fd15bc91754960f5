namespace ClawGrains.Wasm.Tests.Building;

/// <summary>Instructions, for bodies written in tests.</summary>
internal static class Code
{
    public static byte[] I32(int value) => new WasmWriter().Raw(0x41).S64(value).ToArray();

    public static byte[] I64(long value) => new WasmWriter().Raw(0x42).S64(value).ToArray();

    public static byte[] Get(uint local) => new WasmWriter().Raw(0x20).U32(local).ToArray();

    public static byte[] Set(uint local) => new WasmWriter().Raw(0x21).U32(local).ToArray();

    public static byte[] Call(uint function) => new WasmWriter().Raw(0x10).U32(function).ToArray();

    public static byte[] ReturnCall(uint function) => new WasmWriter().Raw(0x12).U32(function).ToArray();

    public static byte[] CallIndirect(uint type, uint table = 0) => new WasmWriter().Raw(0x11).U32(type).U32(table).ToArray();

    public static byte[] Memory(byte opcode, uint offset) => new WasmWriter().Raw(opcode, 0).U32(offset).ToArray();

    public static byte[] Op(params ReadOnlySpan<byte> bytes) => bytes.ToArray();

    /// <summary>All one after the other.</summary>
    public static byte[] Of(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
