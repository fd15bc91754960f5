namespace ClawGrains.Wasm.Binary;

/// <summary>Reads types (§5.3).</summary>
internal static class TypeReader
{
    // The limit that the engines of browsers agreed on. It also bounds what a call from or to the host takes of the stack.
    private const int MostValues = 1000;

    public static ValueKind Value(ref WasmReader reader)
    {
        var code = reader.Byte();
        return IsValue(code, reader.Enabled) ? (ValueKind)code : throw reader.MalformedAt(Unknown("malformed value type", code), reader.Position - 1);
    }

    public static bool IsValue(byte code, WasmFeatures enabled) => code is >= 0x7B and <= 0x7F || IsReference(code, enabled);

    public static ValueKind Reference(ref WasmReader reader)
    {
        var code = reader.Byte();
        return IsReference(code, reader.Enabled) ? (ValueKind)code : throw reader.MalformedAt(Unknown("malformed reference type", code), reader.Position - 1);
    }

    public static FunctionType Function(ref WasmReader reader)
    {
        var form = reader.Byte();
        if (form != 0x60)
        {
            var reason = form switch
            {
                0x5E or 0x5F or 0x50 or 0x4F or 0x4E => "malformed type: the gc proposal is not supported",
                0x5D => "malformed type: the stack-switching proposal is not supported",
                0x4C or 0x4D => "malformed type: the custom-descriptors proposal is not supported",
                0x65 => "malformed type: the shared-everything-threads proposal is not supported",
                _ => "integer representation too long: not a function type",
            };
            throw reader.MalformedAt(reason, reader.Position - 1);
        }
        return new([.. Values(ref reader)], [.. Values(ref reader)]);
    }

    public static TableType Table(ref WasmReader reader)
    {
        if (reader.Peek() == 0x40) throw reader.Malformed("malformed reference type: the function-references proposal is not supported");
        var element = Reference(ref reader);
        return new TableType(element, Limits(ref reader, "table"));
    }

    public static MemoryType Memory(ref WasmReader reader) => new(Limits(ref reader, "memory"));

    public static GlobalType Global(ref WasmReader reader)
    {
        var content = Value(ref reader);
        var mutable = reader.Byte();
        if (mutable is 2 or 3) throw reader.MalformedAt("malformed mutability: the shared-everything-threads proposal is not supported", reader.Position - 1);
        return mutable <= 1 ? new GlobalType(content, mutable == 1) : throw reader.MalformedAt("malformed mutability", reader.Position - 1);
    }

    /// <summary>A tag's type index, after the attribute (exception-handling).</summary>
    public static uint Tag(ref WasmReader reader) =>
        reader.Byte() == 0 ? reader.U32() : throw reader.MalformedAt("malformed tag attribute", reader.Position - 1);

    private static bool IsReference(byte code, WasmFeatures enabled) =>
        code is 0x70 or 0x6F || (code is 0x69 or 0x74 && (enabled & WasmFeatures.ExceptionHandling) != 0);

    private static ValueKind[] Values(ref WasmReader reader)
    {
        var at = reader.Position;
        var kinds = new ValueKind[reader.Count()];
        if (kinds.Length > MostValues) throw reader.MalformedAt($"too many parameters or results: {kinds.Length}, {MostValues} allowed", at);
        foreach (ref var kind in kinds.AsSpan()) kind = Value(ref reader);
        return kinds;
    }

    private static Limits Limits(ref WasmReader reader, string what)
    {
        var at = reader.Position;
        var flags = reader.Byte();
        if (flags > 1) throw reader.MalformedAt(UnknownLimits(flags), at);
        var minimum = reader.U32();
        return new Limits(minimum, flags == 1 ? reader.U32() : null);

        string UnknownLimits(byte value) => value switch
        {
            < 16 when (value & 8) != 0 && what == "memory" => "malformed limits flags: the custom-page-sizes proposal is not supported",
            < 8 when (value & 4) != 0 => "malformed limits flags: the memory64 proposal is not supported",
            < 8 when what == "memory" => "malformed limits flags: the threads proposal is not supported",
            2 or 3 => "malformed limits flags: the shared-everything-threads proposal is not supported",
            >= 0x80 => "integer representation too long",
            _ => "integer too large: malformed limits flags",
        };
    }

    /// <summary>What is wrong with a block's type that is none known.</summary>
    public static string UnknownBlock(byte code) => Unknown("malformed block type", code);

    private static string Unknown(string reason, byte code) => code switch
    {
        0x63 or 0x64 or < 0x40 when reason.Contains("reference", StringComparison.Ordinal) => $"{reason}: the function-references proposal is not supported",
        0x63 or 0x64 => $"{reason}: the function-references proposal is not supported",
        0x69 or 0x74 => $"{reason}: {WasmFeatures.ExceptionHandling.Off()}",
        0x62 => $"{reason}: the custom-descriptors proposal is not supported",
        0x65 => $"{reason}: the shared-everything-threads proposal is not supported",
        0x68 or 0x75 => $"{reason}: the stack-switching proposal is not supported",
        >= 0x6A and <= 0x6E or >= 0x71 and <= 0x73 => $"{reason}: the gc proposal is not supported",
        _ => reason,
    };
}
