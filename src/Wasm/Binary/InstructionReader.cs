namespace ClawGrains.Wasm.Binary;

/// <summary>Reads opcodes, refusing those of other proposals by the proposal's name.</summary>
internal static class InstructionReader
{
    public static int Opcode(ref WasmReader reader)
    {
        var at = reader.Position;
        var first = reader.Byte();
        var code = first switch
        {
            0xFC => Prefixed(ref reader, Instructions.Misc, Instructions.Vector - Instructions.Misc),
            0xFD => Prefixed(ref reader, Instructions.Vector, 0x100),
            _ => first,
        };
        if (code < 0) throw Illegal(ref reader, at);
        var info = Instructions.Table[code];
        if (info.Immediates == Immediates.Illegal) throw Illegal(ref reader, at);
        if ((info.Feature & ~reader.Enabled) != 0) throw reader.MalformedAt($"illegal opcode {first:x2}: {info.Feature.Off()}", at);
        return code;
    }

    private static int Prefixed(ref WasmReader reader, int start, int count)
    {
        var number = reader.U32();
        return number < (uint)count ? start + (int)number : -1;
    }

    private static DecodeException Illegal(ref WasmReader reader, int at)
    {
        var rest = new WasmReader(reader.WholeData, at, reader.End, reader.Section);
        var first = rest.Byte();
        var proposal = first is 0xFC or 0xFD or 0xFE ? PrefixedProposal(first, rest.U32()) : Proposal(first);
        return reader.MalformedAt(proposal is null ? $"illegal opcode {first:x2}" : $"illegal opcode {first:x2}: the {proposal} proposal is not supported", at);
    }

    private static string? PrefixedProposal(byte prefix, uint number) => prefix switch
    {
        0xFC => number is >= 19 and <= 22 ? "wide-arithmetic" : number is 18 ? "memory-control" : null,
        0xFE => number < 0x4F ? "threads" : "shared-everything-threads",
        _ => number is >= 0x100 and <= 0x12F ? "relaxed-simd" : null,
    };

    private static string? Proposal(byte opcode) => opcode switch
    {
        0x06 or 0x07 or 0x09 or 0x18 or 0x19 => "legacy exception-handling",
        0x14 or 0x15 or 0xD4 or 0xD5 or 0xD6 => "function-references",
        0xD3 or 0xFB => "gc",
        0xE0 or 0xE1 or 0xE2 or 0xE3 or 0xE4 or 0xE5 => "stack-switching",
        _ => null,
    };
}
