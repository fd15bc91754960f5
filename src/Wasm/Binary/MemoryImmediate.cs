namespace ClawGrains.Wasm.Binary;

/// <summary>What follows a load or store (§5.4.6): bit 6 of the flags announces the memory's index (multi-memory).</summary>
internal readonly record struct MemoryImmediate(uint Alignment, uint Memory, uint Offset)
{
    private const uint HasIndex = 0x40;
    private const uint MostAlignment = 32;

    public static MemoryImmediate Read(ref WasmReader reader)
    {
        var start = reader.Position;
        var flags = reader.U32();
        var indexed = (flags & HasIndex) != 0;
        if ((flags & ~HasIndex) >= MostAlignment) throw reader.MalformedAt("malformed memop flags", start);
        if (indexed && !reader.Has(WasmFeatures.MultiMemory)) throw reader.MalformedAt($"malformed memop flags: {WasmFeatures.MultiMemory.Off()}", start);
        var memory = indexed ? reader.U32() : 0;
        return new MemoryImmediate(flags & ~HasIndex, memory, reader.U32());
    }

    /// <summary>The memory's index after <c>memory.size</c> and the like: a zero byte without multi-memory.</summary>
    public static uint Index(ref WasmReader reader)
    {
        if (reader.Has(WasmFeatures.MultiMemory)) return reader.U32();
        if (reader.Byte() != 0) throw reader.MalformedAt($"zero byte expected: {WasmFeatures.MultiMemory.Off()}", reader.Position - 1);
        return 0;
    }
}
