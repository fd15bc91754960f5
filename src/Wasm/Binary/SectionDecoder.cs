namespace ClawGrains.Wasm.Binary;

/// <summary>The content of each section (§5.5.3–§5.5.16).</summary>
internal static class SectionDecoder
{
    public static void Decode(byte id, ref WasmReader reader, ModuleData module, EngineOptions options)
    {
        switch (id)
        {
            case 0: Custom(ref reader, module); break;
            case 1: Types(ref reader, module); break;
            case 2: Imports(ref reader, module); break;
            case 3: Functions(ref reader, module, options); break;
            case 4: Tables(ref reader, module); break;
            case 5: Memories(ref reader, module); break;
            case 6: Globals(ref reader, module); break;
            case 7: Exports(ref reader, module); break;
            case 8: Start(ref reader, module); break;
            case 9: ElementDecoder.Decode(ref reader, module); break;
            case 10: Code(ref reader, module, options); break;
            case 11: Data(ref reader, module); break;
            case 13: Tags(ref reader, module); break;
            default: module.DataCount = reader.U32(); break;
        }
    }

    private static void Start(ref WasmReader reader, ModuleData module)
    {
        var at = reader.Position;
        module.Start = (reader.U32(), at);
    }

    private static void Custom(ref WasmReader reader, ModuleData module)
    {
        var name = reader.Name();
        module.CustomSections.Add(new CustomSection(name, module.Bytes.AsMemory(reader.Position, reader.Remaining)));
        reader.Position = reader.End;
    }

    private static void Types(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var type = TypeReader.Function(ref reader);
            module.Types.Add(type);
        }
    }

    private static void Imports(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var from = reader.Name();
            var name = reader.Name();
            module.Imports.Add(new ImportDescriptor(from, name, Import(ref reader, module)));
        }
    }

    private static ExternType Import(ref WasmReader reader, ModuleData module)
    {
        var at = reader.Position;
        switch (reader.Byte())
        {
            case 0:
                module.FunctionTypes.Add(reader.U32());
                module.ImportedFunctions++;
                return TypeAt(module.FunctionTypes[^1], new(module, reader.Section, at));
            case 1:
                Table(ref reader, module);
                module.ImportedTables++;
                return module.Tables[^1];
            case 2:
                Memory(ref reader, module);
                module.ImportedMemories++;
                return module.Memories[^1];
            case 3:
                module.GlobalTypes.Add(TypeReader.Global(ref reader));
                module.ImportedGlobals++;
                return module.GlobalTypes[^1];
            case 4:
                if (!reader.Has(WasmFeatures.ExceptionHandling)) throw reader.MalformedAt($"malformed import kind: {WasmFeatures.ExceptionHandling.Off()}", at);
                module.ImportedTags++;
                return Tag(ref reader, module);
            case 0x20:
                throw reader.MalformedAt("malformed import kind: the custom-descriptors proposal is not supported", at);
            case 0x7E or 0x7F:
                throw reader.MalformedAt("malformed import kind: the compact-imports proposal is not supported", at);
            default:
                throw reader.MalformedAt("malformed import kind", at);
        }
    }

    private static void Tags(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--) Tag(ref reader, module);
    }

    private static TagType Tag(ref WasmReader reader, ModuleData module)
    {
        var at = reader.Position;
        var index = TypeReader.Tag(ref reader);
        var place = new Place(module, reader.Section, at);
        var type = TypeAt(index, place);
        if (type.Results.Length > 0) place.Invalid("non-empty tag result type");
        module.Tags.Add(new TagType(type));
        return module.Tags[^1];
    }

    private readonly record struct Place(ModuleData Module, string Section, int Position)
    {
        public void Invalid(string reason) => Module.Invalid ??= new ValidationException(reason, Section, Position);
    }

    // The type is needed at once to describe an import.
    private static FunctionType TypeAt(uint index, Place place)
    {
        if (index < (uint)place.Module.Types.Count) return place.Module.Types[(int)index];
        place.Invalid($"unknown type {index}");
        return new FunctionType([], []);
    }

    private static void Functions(ref WasmReader reader, ModuleData module, EngineOptions options)
    {
        module.FunctionsAt = reader.Position;
        var count = reader.Count();
        if (count > options.MaxFunctions) throw reader.Malformed($"too many functions: {count}, {options.MaxFunctions} allowed");
        module.FunctionTypes.EnsureCapacity(module.FunctionTypes.Count + count);
        for (; count > 0; count--) module.FunctionTypes.Add(reader.U32());
    }

    private static void Table(ref WasmReader reader, ModuleData module)
    {
        module.TablePositions.Add(reader.Position);
        module.Tables.Add(TypeReader.Table(ref reader));
    }

    private static void Memory(ref WasmReader reader, ModuleData module)
    {
        module.MemoryPositions.Add(reader.Position);
        module.Memories.Add(TypeReader.Memory(ref reader));
    }

    private static void Tables(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--) Table(ref reader, module);
    }

    private static void Memories(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--) Memory(ref reader, module);
    }

    private static void Globals(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var type = TypeReader.Global(ref reader);
            module.GlobalTypes.Add(type);
            module.Globals.Add(new GlobalDefinition(type, ConstExpressionReader.Skip(ref reader)));
        }
    }

    private static void Exports(ref WasmReader reader, ModuleData module)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            var name = reader.Name();
            var at = reader.Position;
            var kind = reader.Byte();
            if (kind > 4) throw reader.MalformedAt("malformed export kind", at);
            if (kind == 4 && !reader.Has(WasmFeatures.ExceptionHandling)) throw reader.MalformedAt($"malformed export kind: {WasmFeatures.ExceptionHandling.Off()}", at);
            module.Exports.Add((name, kind, reader.U32(), at));
        }
    }

    private static void Code(ref WasmReader reader, ModuleData module, EngineOptions options)
    {
        module.CodeAt = reader.Position;
        for (var left = reader.Count(); left > 0; left--)
        {
            var size = reader.U32();
            if (size > (uint)reader.Remaining) throw reader.Malformed("unexpected end");
            if (size > options.MaxFunctionBytes) throw reader.Malformed($"function body too large: {size} bytes, {options.MaxFunctionBytes} allowed");
            var body = new WasmReader(module.Bytes, reader.Position, reader.Position + (int)size, reader.Section) { Enabled = reader.Enabled };
            var locals = Locals(ref body, options);
            module.Bodies.Add(new FunctionBody(locals, body.Position, body.End));
            reader.Position = body.End;
        }
    }

    private static (uint Count, ValueKind Kind)[] Locals(ref WasmReader reader, EngineOptions options)
    {
        var runs = new (uint Count, ValueKind Kind)[reader.Count()];
        ulong total = 0;
        foreach (ref var run in runs.AsSpan())
        {
            var at = reader.Position;
            run.Count = reader.U32();
            total += run.Count;
            if (total > uint.MaxValue) throw reader.MalformedAt("too many locals", at);
            run.Kind = TypeReader.Value(ref reader);
        }
        return total <= (ulong)options.MaxLocals ? runs : throw reader.Malformed($"too many locals: {total}, {options.MaxLocals} allowed");
    }

    private static void Data(ref WasmReader reader, ModuleData module)
    {
        module.DataAt = reader.Position;
        for (var left = reader.Count(); left > 0; left--)
        {
            var at = reader.Position;
            var flags = reader.U32();
            if (flags > 2) throw reader.MalformedAt("malformed data segment kind", at);
            var memory = flags == 2 ? reader.U32() : 0;
            var offset = flags == 1 ? default : ConstExpressionReader.Skip(ref reader);
            var length = reader.U32();
            if (length > (uint)reader.Remaining) throw reader.Malformed("unexpected end");
            module.Datas.Add(new DataSegment(flags == 1 ? SegmentMode.Passive : SegmentMode.Active, memory, offset, reader.Position, (int)length, at));
            reader.Position += (int)length;
        }
    }
}
