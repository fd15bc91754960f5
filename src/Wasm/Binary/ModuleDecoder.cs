namespace ClawGrains.Wasm.Binary;

/// <summary>Decodes a module's sections (§5.5). Bodies and constant expressions are delimited here and read by validation.</summary>
internal static class ModuleDecoder
{
    private const uint Magic = 0x6D736100;

    // The order sections must come in: tags stand between memories and globals, the data count between elements and code (§5.5.17).
    private static readonly byte[] Order = [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6];

    private static readonly string[] Names =
    [
        "custom section", "type section", "import section", "function section", "table section", "memory section",
        "global section", "export section", "start section", "element section", "code section", "data section", "data count section", "tag section",
    ];

    public static ModuleData Decode(byte[] bytes, EngineOptions options)
    {
        if (bytes.Length > options.MaxModuleBytes)
            throw new DecodeException($"module too large: {bytes.Length} bytes, {options.MaxModuleBytes} allowed", "header", 0);
        var reader = new WasmReader(bytes, 0, bytes.Length, "header") { Enabled = options.Features };
        Header(ref reader);
        var module = new ModuleData(bytes) { Enabled = options.Features };
        var last = 0;
        while (!reader.AtEnd) last = Section(ref reader, module, options, last);
        CheckCounts(module, bytes.Length);
        return module;
    }

    private static void Header(ref WasmReader reader)
    {
        if (reader.Remaining < 4) throw reader.Malformed("unexpected end: magic header not detected");
        if (reader.U32Fixed() != Magic) throw reader.MalformedAt("magic header not detected", 0);
        if (reader.Remaining < 4) throw reader.Malformed("unexpected end: unknown binary version");
        var version = reader.U32Fixed();
        if (version == 1) return;
        throw reader.MalformedAt(version >> 16 == 1 ? "unknown binary version: this is a component, not a core module" : "unknown binary version", 4);
    }

    private static int Section(ref WasmReader reader, ModuleData module, EngineOptions options, int last)
    {
        reader.Section = "header";
        var at = reader.Position;
        var id = reader.Byte();
        if (id > 13) throw reader.MalformedAt("malformed section id", at);
        if (id == 13 && !reader.Has(WasmFeatures.ExceptionHandling)) throw reader.MalformedAt($"malformed section id: {WasmFeatures.ExceptionHandling.Off()}", at);
        reader.Section = Names[id];
        var size = reader.U32();
        if (size > (uint)reader.Remaining) throw reader.MalformedAt("length out of bounds", at + 1);
        var order = Order[id];
        if (id != 0 && order <= last) throw reader.MalformedAt("unexpected content after last section", at);
        var content = new WasmReader(module.Bytes, reader.Position, reader.Position + (int)size, Names[id]) { Enabled = options.Features };
        SectionDecoder.Decode(id, ref content, module, options);
        if (!content.AtEnd) throw content.Malformed("section size mismatch");
        reader.Position = content.Position;
        return id == 0 ? last : order;
    }

    private static void CheckCounts(ModuleData module, int end)
    {
        if (module.Bodies.Count != module.FunctionTypes.Count - module.ImportedFunctions)
            throw new DecodeException("function and code section have inconsistent lengths", Names[10], module.CodeAt > 0 ? module.CodeAt : end);
        if (module.DataCount is { } count && count != module.Datas.Count)
            throw new DecodeException("data count and data section have inconsistent lengths", Names[11], module.DataAt > 0 ? module.DataAt : end);
    }
}
