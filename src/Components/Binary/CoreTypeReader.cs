using ClawGrains.Components.Types;

namespace ClawGrains.Components.Binary;

/// <summary>Binary.md, <c>core:type</c>: function types and module types; the types of WebAssembly 3.0's GC are refused.</summary>
internal static class CoreTypeReader
{
    public static CoreTypeSyntax Type(ByteReader reader)
    {
        var at = reader.Offset;
        var code = reader.Byte();
        return code switch
        {
            0x60 => new CoreFuncSyntax(Func(reader)),
            0x50 => new CoreModuleTypeSyntax(reader.Vec("module type declaration", Limits.ModuleDeclarations, Declaration)),
            0x00 or 0x4f => Sub(reader, code, at),
            0x4e or 0x5e or 0x5f => throw ComponentException.Unsupported("a core type of the GC proposal", at),
            _ => throw ByteReader.BadByte(code, "type definition", at),
        };
    }

    /// <summary>A subtype without supertypes is the function type inside; a non-final one has a 0x00 before its 0x50.</summary>
    private static CoreFuncSyntax Sub(ByteReader reader, byte code, long at)
    {
        if (code == 0x00 && reader.Byte() != 0x50) throw ByteReader.BadByte(code, "type definition", at);
        var supertypes = reader.Vec("supertype", 1, r => r.U32());
        if (supertypes.Length > 0 || reader.Byte() != 0x60) throw ComponentException.Unsupported("a core type of the GC proposal", at);
        return new CoreFuncSyntax(Func(reader));
    }

    private static CoreFuncType Func(ByteReader reader) =>
        new(reader.Vec("core function parameter", Limits.Parameters, Val), reader.Vec("core function result", Limits.Parameters, Val));

    public static CoreValType Val(ByteReader reader)
    {
        var at = reader.Offset;
        var b = reader.Byte();
        return b switch
        {
            0x7f or 0x7e or 0x7d or 0x7c or 0x7b or 0x70 or 0x6f or 0x69 => (CoreValType)b,
            0x63 or 0x64 or 0x6e or 0x6d or 0x6c or 0x6b or 0x6a or 0x71 or 0x72 or 0x73 => throw ComponentException.Unsupported("a typed or GC reference in a core type", at),
            _ => throw ComponentException.Malformed($"malformed core value type 0x{b:x}", at),
        };
    }

    private static CoreModuleDeclaration Declaration(ByteReader reader)
    {
        var at = reader.Offset;
        var code = reader.Byte();
        switch (code)
        {
            case 0: return new(CoreDeclarationKind.Import, at) { Module = reader.Name(), Name = reader.Name(), Extern = Extern(reader) };
            case 1: return new(CoreDeclarationKind.Type, at) { Type = DeclaredType(reader) };
            case 2:
                OuterTypeAlias(reader);
                return new(CoreDeclarationKind.Alias, at) { Count = reader.U32(), Index = reader.U32() };
            case 3: return new(CoreDeclarationKind.Export, at) { Name = reader.Name(), Extern = Extern(reader) };
            default: throw ByteReader.BadByte(code, "type definition", at);
        }
    }

    private static CoreTypeSyntax DeclaredType(ByteReader reader)
    {
        var at = reader.Offset;
        if (reader.Peek() == 0x50) throw ComponentException.Invalid("invalid leading byte: module types cannot be nested", at);
        return Type(reader);
    }

    private static void OuterTypeAlias(ByteReader reader)
    {
        var at = reader.Offset;
        var kind = reader.Byte();
        if (kind != 0x10) throw ByteReader.BadByte(kind, "outer alias kind", at);
        at = reader.Offset;
        var target = reader.Byte();
        if (target != 0x01) throw ByteReader.BadByte(target, "outer alias target", at);
    }

    private static CoreExternSyntax Extern(ByteReader reader)
    {
        var at = reader.Offset;
        var sort = reader.Byte();
        switch (sort)
        {
            case 0: return new(null, CoreSort.Func, reader.U32());
            case 1: return new(new CoreTableType(Val(reader), LimitsOf(reader, out _, out _)), CoreSort.Table, 0);
            case 2:
                var limits = LimitsOf(reader, out var shared, out var is64);
                return new(new CoreMemoryType(limits, shared, is64), CoreSort.Memory, 0);
            case 3: return new(new CoreGlobalType(Val(reader), Mutable(reader)), CoreSort.Global, 0);
            case 4:
                reader.Zero("tag attribute");
                return new(null, CoreSort.Tag, reader.U32());
            default: throw ComponentException.Malformed($"malformed import kind 0x{sort:x}", at);
        }
    }

    private static CoreLimits LimitsOf(ByteReader reader, out bool shared, out bool is64)
    {
        var at = reader.Offset;
        var flags = reader.Byte();
        if (flags > 7) throw ComponentException.Malformed("malformed limits flags", at);
        shared = (flags & 2) != 0;
        is64 = (flags & 4) != 0;
        ulong Bound(bool wide) => wide ? reader.U64() : reader.U32();
        return new CoreLimits(Bound(is64), (flags & 1) != 0 ? Bound(is64) : null);
    }

    private static bool Mutable(ByteReader reader)
    {
        var at = reader.Offset;
        var b = reader.Byte();
        return b <= 1 ? b == 1 : throw ComponentException.Malformed("malformed mutability", at);
    }
}
