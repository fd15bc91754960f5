namespace ClawGrains.Components.Binary;

/// <summary>Binary.md, "Component Definitions": bytes to syntax, nothing resolved.</summary>
internal static class Decoder
{
    private static readonly byte[] Magic = [0x00, 0x61, 0x73, 0x6d];

    /// <summary>Whether the bytes start like a component, as opposed to a core module or anything else.</summary>
    public static bool IsComponent(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8 && bytes[..4].SequenceEqual(Magic) && bytes[6] == 1 && bytes[7] == 0;

    public static ComponentSyntax Decode(ReadOnlyMemory<byte> bytes) => Component(new ByteReader(bytes), 1);

    private static ComponentSyntax Component(ByteReader reader, int depth)
    {
        var offset = reader.Offset;
        if (depth > Limits.Depth) throw ComponentException.Invalid($"components are nested more than {Limits.Depth} deep", offset);
        Preamble(reader);
        var definitions = new List<Definition>();
        var customs = new List<CustomSection>();
        while (!reader.AtEnd) Section(reader, definitions, customs, depth);
        return new ComponentSyntax(offset, definitions, customs);
    }

    private static void Preamble(ByteReader reader)
    {
        var at = reader.Offset;
        if (!reader.Take(4).Span.SequenceEqual(Magic)) throw ComponentException.Malformed("magic header not detected: bad magic number", at);
        var version = reader.Take(4).Span;
        if (version[2] == 0 && version[3] == 0)
            throw ComponentException.Malformed("expected a version header for a component", at + 4);
        if (version[0] != 0x0d || version[1] != 0 || version[2] != 1 || version[3] != 0)
            throw ComponentException.Malformed($"unknown binary version and encoding combination: 0x{version[1]:x2}{version[0]:x2} and 0x{version[3]:x2}{version[2]:x2}", at + 4);
    }

    private static void Section(ByteReader reader, List<Definition> definitions, List<CustomSection> customs, int depth)
    {
        var at = reader.Offset;
        var id = reader.Byte();
        if (id > 12) throw ComponentException.Malformed($"malformed section id: {id}", at);
        var section = reader.Sub(reader.U32());
        switch (id)
        {
            case 0: customs.Add(new CustomSection(section.Name(), section.Take((uint)section.Remaining))); break;
            case 1: definitions.Add(CoreModule(section)); break;
            case 4: definitions.Add(new NestedComponent(section.Offset, Component(section, depth + 1))); break;
            case 9: throw ComponentException.Unsupported("the component start function", at);
            case 12: throw ComponentException.Unsupported("a value definition section", at);
            default: Items(section, id, definitions); break;
        }
        if (!section.AtEnd) throw ComponentException.Malformed("section size mismatch: unexpected data at the end of the section", section.Offset);
    }

    private static CoreModuleDefinition CoreModule(ByteReader section)
    {
        var at = section.Offset;
        var bytes = section.Take((uint)section.Remaining);
        if (bytes.Length < 8 || !bytes.Span[..4].SequenceEqual(Magic) || bytes.Span[4..8] is not [1, 0, 0, 0])
            throw ComponentException.Malformed("expected a version header for a module", at);
        return new CoreModuleDefinition(at, bytes);
    }

    private static void Items(ByteReader section, byte id, List<Definition> definitions)
    {
        Func<ByteReader, Definition> item = id switch
        {
            2 => DefinitionReader.CoreInstance,
            3 => TypeReader.CoreTypeDefinition,
            5 => DefinitionReader.Instance,
            6 => DefinitionReader.Alias,
            7 => TypeReader.TypeDefinition,
            8 => CanonReader.Canon,
            10 => DefinitionReader.Import,
            _ => DefinitionReader.Export,
        };
        definitions.AddRange(section.Vec("section item", Limits.Items, item));
    }
}
