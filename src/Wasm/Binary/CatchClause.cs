namespace ClawGrains.Wasm.Binary;

/// <summary>A clause of <c>try_table</c>; without a tag it catches every exception of guests.</summary>
internal readonly record struct CatchClause(uint? Tag, bool TakesReference, uint Label)
{
    public static CatchClause Read(ref WasmReader reader)
    {
        var kind = reader.Byte();
        if (kind > 3) throw reader.MalformedAt("malformed catch clause", reader.Position - 1);
        uint? tag = kind < 2 ? reader.U32() : null;
        return new CatchClause(tag, (kind & 1) != 0, reader.U32());
    }
}
