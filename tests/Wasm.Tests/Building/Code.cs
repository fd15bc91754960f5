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

    /// <summary>A block of that type (0x40 for none) around the instructions.</summary>
    public static byte[] Block(byte type, params byte[][] body) => Of([Op(0x02, type), .. body, Op(0x0B)]);

    public static byte[] Throw(uint tag) => new WasmWriter().Raw(0x08).U32(tag).ToArray();

    /// <summary>A try_table around the instructions; each clause as its bytes.</summary>
    public static byte[] Try(byte type, byte[][] clauses, params byte[][] body) =>
        Of([new WasmWriter().Raw(0x1F, type).Vector(clauses).ToArray(), .. body, Op(0x0B)]);

    /// <summary>A load or store of another memory than the first.</summary>
    public static byte[] MemoryOf(byte opcode, uint memory, uint offset) => new WasmWriter().Raw(opcode, 0x40).U32(memory).U32(offset).ToArray();

    public static byte[] Op(params ReadOnlySpan<byte> bytes) => bytes.ToArray();

    /// <summary>All one after the other.</summary>
    public static byte[] Of(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
