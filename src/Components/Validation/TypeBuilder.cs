using ClawGrains.Components.Binary;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>Binary.md, "Type Definitions": syntax to types, in a scope.</summary>
internal static class TypeBuilder
{
    public static TypeDef Build(Scope scope, TypeSyntax syntax, long offset) => Scope.Bounded(syntax switch
    {
        PrimitiveSyntax p => PrimitiveType.Of(p.Kind),
        ListSyntax l => List(scope, l, offset),
        RecordSyntax r => Record(scope, r, offset),
        VariantSyntax v => Variant(scope, v, offset),
        TupleSyntax t => Tuple(scope, t, offset),
        FlagsSyntax f => Flags(f, offset),
        EnumSyntax e => Enum(e, offset),
        OptionSyntax o => new OptionType(scope.ValType(o.Type, offset)),
        ResultSyntax r => new ResultType(Optional(scope, r.Ok, offset), Optional(scope, r.Error, offset)),
        MapSyntax m => Map(scope, m, offset),
        AsyncSyntax a => Async(scope, a, offset),
        OwnSyntax o => new OwnType(scope.Resource(o.Resource, offset)),
        BorrowSyntax b => new BorrowType(scope.Resource(b.Resource, offset)),
        FuncSyntax f => Func(scope, f, offset),
        ResourceSyntax r => Resource(scope, r, offset),
        ScopeTypeSyntax s => ScopeTypeBuilder.Build(scope, s, offset),
        _ => throw new InvalidOperationException($"BUG: no rule for {syntax}."),
    }, offset);

    private static ValType? Optional(Scope scope, ValSyntax? type, long offset) => type is { } t ? scope.ValType(t, offset) : null;

    private static AsyncType Async(Scope scope, AsyncSyntax syntax, long offset)
    {
        var element = Optional(scope, syntax.Element, offset);
        if (element is { ContainsBorrow: true }) throw ComponentException.Invalid($"{(syntax.IsStream ? "stream" : "future")} element cannot contain a `borrow` type", offset);
        if (syntax.IsStream && element is PrimitiveType { Kind: PrimitiveKind.Char })
            throw ComponentException.Invalid("`stream<char>` is not valid at this time", offset);
        return new AsyncType(syntax.IsStream, element);
    }

    private static ListType List(Scope scope, ListSyntax syntax, long offset)
    {
        if (syntax.Length == 0) throw ComponentException.Invalid("fixed-length lists must have a length greater than zero", offset);
        return new ListType(scope.ValType(syntax.Element, offset), syntax.Length);
    }

    private static RecordType Record(Scope scope, RecordSyntax syntax, long offset)
    {
        if (syntax.Fields.Length == 0) throw ComponentException.Invalid("record type must have at least one field", offset);
        Unique(syntax.Fields.Select(f => f.Name), ("record field", "field"), offset);
        return new RecordType([.. syntax.Fields.Select(f => f.Name)], [.. syntax.Fields.Select(f => scope.ValType(f.Type, offset))]);
    }

    private static VariantType Variant(Scope scope, VariantSyntax syntax, long offset)
    {
        if (syntax.Cases.Length == 0) throw ComponentException.Invalid("variant type must have at least one case", offset);
        Unique(syntax.Cases.Select(c => c.Name), ("variant case", "case"), offset);
        return new VariantType([.. syntax.Cases.Select(c => c.Name)], [.. syntax.Cases.Select(c => Optional(scope, c.Type, offset))]);
    }

    private static TupleType Tuple(Scope scope, TupleSyntax syntax, long offset)
    {
        if (syntax.Types.Length == 0) throw ComponentException.Invalid("tuple type must have at least one type", offset);
        return new TupleType([.. syntax.Types.Select(t => scope.ValType(t, offset))]);
    }

    private static FlagsType Flags(FlagsSyntax syntax, long offset)
    {
        if (syntax.Names.Length == 0) throw ComponentException.Invalid("flags must have at least one entry", offset);
        if (syntax.Names.Length > 32) throw ComponentException.Invalid("cannot have more than 32 flags", offset);
        Unique(syntax.Names, ("flag", "flag"), offset);
        return new FlagsType(syntax.Names);
    }

    private static EnumType Enum(EnumSyntax syntax, long offset)
    {
        if (syntax.Names.Length == 0) throw ComponentException.Invalid("enum type must have at least one variant", offset);
        Unique(syntax.Names, ("enum tag", "tag"), offset);
        return new EnumType(syntax.Names);
    }

    private static MapType Map(Scope scope, MapSyntax syntax, long offset)
    {
        var key = scope.ValType(syntax.Key, offset);
        if (key is not PrimitiveType { Kind: not (PrimitiveKind.F32 or PrimitiveKind.F64) })
            throw ComponentException.Invalid($"invalid map key type: {key.Describe}", offset);
        return new MapType(key, scope.ValType(syntax.Value, offset));
    }

    private static FuncType Func(Scope scope, FuncSyntax syntax, long offset)
    {
        Unique(syntax.Parameters.Select(p => p.Name), ("function parameter", "parameter"), offset);
        var result = Optional(scope, syntax.Result, offset);
        if (result is { ContainsBorrow: true }) throw ComponentException.Invalid("function result cannot contain a `borrow` type", offset);
        return new FuncType([.. syntax.Parameters.Select(p => p.Name)], [.. syntax.Parameters.Select(p => scope.ValType(p.Type, offset))], result, syntax.IsAsync);
    }

    private static ResourceType Resource(Scope scope, ResourceSyntax syntax, long offset)
    {
        if (scope.Kind != ScopeKind.Component) throw ComponentException.Invalid("resources can only be defined within a concrete component", offset);
        if (syntax.Destructor is { } destructor)
        {
            var type = scope.At(scope.CoreFuncs, destructor, "core function", offset);
            if (type.Params is not [CoreValType.I32] || type.Results.Length > 0)
                throw ComponentException.Invalid($"core function {destructor} has wrong signature for a destructor", offset);
        }
        var id = new ResourceId { Definition = new ResourceDefinition(scope, syntax.Destructor) };
        scope.DefinedResources.Add(id);
        return new ResourceType(id);
    }

    private static void Unique(IEnumerable<string> names, (string, string) kind, long offset)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names) Labels.Require(name, kind, seen, offset);
    }
}
