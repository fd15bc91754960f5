using ClawGrains.Components.Types;

namespace ClawGrains.Components.Binary;

/// <summary>Binary.md, "Type Definitions": component-level types.</summary>
internal static class TypeReader
{
    public static Definition CoreTypeDefinition(ByteReader reader) => new CoreTypeDefinition(reader.Offset, CoreTypeReader.Type(reader));

    public static Definition TypeDefinition(ByteReader reader) => new TypeDefinition(reader.Offset, Type(reader, 1));

    private static TypeSyntax Type(ByteReader reader, int depth)
    {
        var at = reader.Offset;
        if (depth > Limits.Depth) throw ComponentException.Invalid($"types are nested more than {Limits.Depth} deep", at);
        var code = reader.Byte();
        if (Primitive(code) is { } primitive) return new PrimitiveSyntax(primitive);
        switch (code)
        {
            case 0x72: return new RecordSyntax(reader.Vec("record field", Limits.Fields, Labelled));
            case 0x71: return new VariantSyntax(reader.Vec("variant case", Limits.Fields, Case));
            case 0x70: return new ListSyntax(Val(reader), null);
            case 0x67: return new ListSyntax(Val(reader), reader.U32());
            case 0x6f: return new TupleSyntax(reader.Vec("tuple type", Limits.Fields, Val));
            case 0x6e: return new FlagsSyntax(reader.Vec("flag name", Limits.Flags, r => r.Name()));
            case 0x6d: return new EnumSyntax(reader.Vec("enum case", Limits.Fields, r => r.Name()));
            case 0x6b: return new OptionSyntax(Val(reader));
            case 0x6a: return new ResultSyntax(OptionalVal(reader), OptionalVal(reader));
            case 0x69: return new OwnSyntax(reader.U32());
            case 0x68: return new BorrowSyntax(reader.U32());
            case 0x63: return new MapSyntax(Val(reader), Val(reader));
            case 0x66: return new AsyncSyntax(true, OptionalVal(reader));
            case 0x65: return new AsyncSyntax(false, OptionalVal(reader));
            case 0x64: throw ComponentException.Unsupported("the type `error-context`", at);
            case 0x40 or 0x43: return new FuncSyntax(reader.Vec("function parameter", Limits.Parameters, Labelled), Result(reader), code == 0x43);
            case 0x41: return new ScopeTypeSyntax(true, reader.Vec("component type declaration", Limits.Declarations, r => Declaration(r, true, depth)));
            case 0x42: return new ScopeTypeSyntax(false, reader.Vec("instance type declaration", Limits.Declarations, r => Declaration(r, false, depth)));
            case 0x3f: return Resource(reader);
            default: throw ByteReader.BadByte(code, "component defined type", at);
        }
    }

    private static PrimitiveKind? Primitive(byte code) =>
        code is >= 0x73 and <= 0x7f ? (PrimitiveKind)(0x7f - code) : null;

    private static ValSyntax Val(ByteReader reader)
    {
        var at = reader.Offset;
        var b = reader.Peek();
        if ((b & 0x40) == 0 || (b & 0x80) != 0) return new ValSyntax(null, TypeIndex(reader, at));
        reader.Byte();
        if (Primitive(b) is { } primitive) return new ValSyntax(primitive, 0);
        if (b == 0x64) throw ComponentException.Unsupported("the type `error-context`", at);
        throw ByteReader.BadByte(b, "component value type", at);
    }

    /// <summary>An index inside a value type is a signed 33-bit number, so that one byte tells it from a primitive.</summary>
    private static uint TypeIndex(ByteReader reader, long at)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = reader.Byte();
            value |= (long)(b & 0x7f) << shift;
            if ((b & 0x80) != 0 && shift < 28) continue;
            if ((b & 0x80) != 0) throw ComponentException.Malformed("integer representation too long", at);
            if ((b & 0x40) != 0 || value > uint.MaxValue) throw ComponentException.Malformed("integer too large", at);
            return (uint)value;
        }
    }

    private static ValSyntax? OptionalVal(ByteReader reader)
    {
        var at = reader.Offset;
        return reader.Byte() switch
        {
            0 => null,
            1 => Val(reader),
            _ => throw ComponentException.Malformed("invalid boolean value", at),
        };
    }

    private static (string, ValSyntax) Labelled(ByteReader reader) => (reader.Name(), Val(reader));

    private static (string, ValSyntax?) Case(ByteReader reader)
    {
        var item = (reader.Name(), OptionalVal(reader));
        reader.Zero("zero byte required");
        return item;
    }

    public static ValSyntax? Result(ByteReader reader)
    {
        var at = reader.Offset;
        switch (reader.Byte())
        {
            case 0: return Val(reader);
            case 1:
                reader.Zero("number of results");
                return null;
            case var b: throw ByteReader.BadByte(b, "component function results", at);
        }
    }

    private static ResourceSyntax Resource(ByteReader reader)
    {
        var at = reader.Offset;
        var rep = reader.Byte();
        if (rep == 0x7e) throw ComponentException.Unsupported("a resource represented by i64", at);
        if (rep != 0x7f) throw ComponentException.Invalid("resources can only be represented by `i32`", at);
        var flag = reader.Byte();
        if (flag > 1) throw ComponentException.Malformed("invalid boolean value", at + 1);
        return new ResourceSyntax(flag == 1 ? reader.U32() : null);
    }

    private static Definition Declaration(ByteReader reader, bool isComponent, int depth)
    {
        var at = reader.Offset;
        var code = reader.Byte();
        switch (code)
        {
            case 0: return CoreTypeDefinition(reader);
            case 1: return new TypeDefinition(reader.Offset, Type(reader, depth + 1));
            case 2: return DefinitionReader.Alias(reader);
            case 3 when isComponent: return DefinitionReader.Import(reader);
            case 4: return new ExportDeclaration(at, DefinitionReader.Name(reader), Extern(reader));
            default: throw ByteReader.BadByte(code, "component or instance type declaration", at);
        }
    }

    public static ExternSyntax Extern(ByteReader reader)
    {
        var at = reader.Offset;
        var code = reader.Byte();
        switch (code)
        {
            case 0:
                at = reader.Offset;
                var core = reader.Byte();
                if (core != 0x11) throw ByteReader.BadByte(core, "component external kind", at);
                return new ExternSyntax(ExternSyntaxKind.CoreModule, reader.U32());
            case 1: return new ExternSyntax(ExternSyntaxKind.Func, reader.U32());
            case 2: throw ComponentException.Unsupported("a value import or export", at);
            case 3: return Bound(reader);
            case 4: return new ExternSyntax(ExternSyntaxKind.Component, reader.U32());
            case 5: return new ExternSyntax(ExternSyntaxKind.Instance, reader.U32());
            default: throw ByteReader.BadByte(code, "component external kind", at);
        }
    }

    private static ExternSyntax Bound(ByteReader reader)
    {
        var at = reader.Offset;
        return reader.Byte() switch
        {
            0 => new ExternSyntax(ExternSyntaxKind.TypeEq, reader.U32()),
            1 => new ExternSyntax(ExternSyntaxKind.TypeSubResource, 0),
            var b => throw ByteReader.BadByte(b, "type bound", at),
        };
    }
}
