namespace ClawGrains.Components.Binary;

/// <summary>Binary.md, "Instance Definitions", "Alias Definitions" and "Import and Export Definitions".</summary>
internal static class DefinitionReader
{
    public static Definition CoreInstance(ByteReader reader)
    {
        var at = reader.Offset;
        return reader.Byte() switch
        {
            0 => new CoreInstantiate(at, reader.U32(), reader.Vec("instantiation argument", Limits.InstantiationArguments, CoreArgument)),
            1 => new CoreInlineExports(at, reader.Vec("inline export", Limits.InstantiationExports, r => (r.Name(), CoreSortIndex(r)))),
            var b => throw ByteReader.BadByte(b, "core instance", at),
        };
    }

    private static (string, uint) CoreArgument(ByteReader reader)
    {
        var name = reader.Name();
        var at = reader.Offset;
        var kind = reader.Byte();
        if (kind != 0x12) throw ByteReader.BadByte(kind, "instantiation arg kind", at);
        return (name, reader.U32());
    }

    private static CoreSortIndex CoreSortIndex(ByteReader reader) => new(CoreItemSort(reader), reader.U32());

    /// <summary>A core sort that an instance may export: not a type, module or instance.</summary>
    private static CoreSort CoreItemSort(ByteReader reader)
    {
        var at = reader.Offset;
        var b = reader.Byte();
        return b <= (byte)CoreSort.Tag ? (CoreSort)b : throw ByteReader.BadByte(b, "external kind", at);
    }

    public static Definition Instance(ByteReader reader)
    {
        var at = reader.Offset;
        return reader.Byte() switch
        {
            0 => new Instantiate(at, reader.U32(), reader.Vec("instantiation argument", Limits.InstantiationArguments, r => (r.Name(), SortIndex(r)))),
            1 => new InlineExports(at, reader.Vec("inline export", Limits.InstantiationExports, r => (Name(r), SortIndex(r)))),
            var b => throw ByteReader.BadByte(b, "instance", at),
        };
    }

    public static SortIndex SortIndex(ByteReader reader) => new(ItemSort(reader), reader.U32());

    private static Sort ItemSort(ByteReader reader)
    {
        var at = reader.Offset;
        var b = reader.Byte();
        switch (b)
        {
            case 0:
                at = reader.Offset;
                b = reader.Byte();
                return b == (byte)CoreSort.Module ? Sort.CoreModule : throw ByteReader.BadByte(b, "component external kind", at);
            case 1: return Sort.Func;
            case 2: throw ComponentException.Unsupported("a value import, export or argument", at);
            case 3: return Sort.Type;
            case 4: return Sort.Component;
            case 5: return Sort.Instance;
            default: throw ByteReader.BadByte(b, "component external kind", at);
        }
    }

    public static Definition Alias(ByteReader reader)
    {
        var at = reader.Offset;
        var sort = reader.Byte();
        CoreSort? core = sort == 0 ? (CoreSort)reader.Byte() : null;
        var targetAt = reader.Offset;
        return reader.Byte() switch
        {
            0 => new AliasExport(at, Exportable(sort, core, at), reader.U32(), reader.Name()),
            1 => new AliasCoreExport(at, CoreExportable(core, at), reader.U32(), reader.Name()),
            2 => Outer(reader, sort, core, at),
            var b => throw ByteReader.BadByte(b, "alias", targetAt),
        };
    }

    private static Sort Exportable(byte sort, CoreSort? core, long at) => (sort, core) switch
    {
        (0, CoreSort.Module) => Sort.CoreModule,
        (1, _) => Sort.Func,
        (2, _) => throw ComponentException.Unsupported("an alias of a value", at),
        (3, _) => Sort.Type,
        (4, _) => Sort.Component,
        (5, _) => Sort.Instance,
        _ => throw ByteReader.BadByte(core is { } c ? (byte)c : sort, "component external kind", at),
    };

    private static CoreSort CoreExportable(CoreSort? core, long at) =>
        core is { } sort && sort <= CoreSort.Tag ? sort : throw ByteReader.BadByte((byte)(core ?? 0), "core external kind", at);

    public static AliasOuter Outer(ByteReader reader, byte sort, CoreSort? core, long at) => (sort, core) switch
    {
        (0, CoreSort.Module) => new AliasOuter(at, Sort.CoreModule, false, reader.U32(), reader.U32()),
        (0, CoreSort.Type) => new AliasOuter(at, Sort.Type, true, reader.U32(), reader.U32()),
        (3, _) => new AliasOuter(at, Sort.Type, false, reader.U32(), reader.U32()),
        (4, _) => new AliasOuter(at, Sort.Component, false, reader.U32(), reader.U32()),
        _ => throw ByteReader.BadByte(core is { } c ? (byte)c : sort, "component outer alias kind", at),
    };

    public static Definition Import(ByteReader reader)
    {
        var at = reader.Offset;
        return new ImportDefinition(at, Name(reader), TypeReader.Extern(reader));
    }

    public static Definition Export(ByteReader reader)
    {
        var at = reader.Offset;
        return new ExportDefinition(at, Name(reader), SortIndex(reader), reader.Optional("optional component export type", TypeReader.Extern));
    }

    /// <summary><c>nameattributes</c>: the two plain forms mean the same.</summary>
    public static NameSyntax Name(ByteReader reader)
    {
        var at = reader.Offset;
        var form = reader.Byte();
        if (form > 2) throw ByteReader.BadByte(form, "component name", at);
        var name = new NameSyntax(reader.Name());
        if (form < 2) return name;
        foreach (var (kind, value, offset) in reader.Vec("name attribute", 100, Attribute)) name = With(name, kind, value, offset);
        return name;
    }

    private static (byte Kind, string Value, long Offset) Attribute(ByteReader reader)
    {
        var at = reader.Offset;
        var kind = reader.Byte();
        return kind <= 2 ? (kind, reader.Name(), at) : throw ByteReader.BadByte(kind, "name option", at);
    }

    private static NameSyntax With(NameSyntax name, byte kind, string value, long at)
    {
        var (previous, label) = kind switch
        {
            0 => (name.Implements, "implements"),
            1 => (name.VersionSuffix, "versionsuffix"),
            _ => (name.ExternalId, "external-id"),
        };
        if (previous is not null) throw ComponentException.Invalid($"duplicate '{label}' option in name", at);
        return kind switch
        {
            0 => name with { Implements = value },
            1 => name with { VersionSuffix = value },
            _ => name with { ExternalId = value },
        };
    }
}
