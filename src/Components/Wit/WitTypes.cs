using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>Types as WIT writes them.</summary>
internal static class WitTypes
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "as", "async", "bool", "borrow", "char", "constructor", "enum", "error-context", "export", "f32", "f64", "flags", "from", "func", "future",
        "import", "include", "interface", "list", "map", "option", "own", "package", "record", "resource", "result", "s16", "s32", "s64", "s8",
        "static", "stream", "string", "tuple", "type", "u16", "u32", "u64", "u8", "use", "variant", "with", "world",
    };

    public static string Escape(string name) => Keywords.Contains(name) ? "%" + name : name;

    public static string Func(FuncType type, Dictionary<object, string> names, int skip = 0) =>
        $"{(type.IsAsync ? "async " : "")}func{Parameters(type, names, skip)}{(type.Result is null ? "" : $" -> {Of(type.Result, names)}")}";

    private static string Parameters(FuncType type, Dictionary<object, string> names, int skip) =>
        $"({string.Join(", ", type.Params.Select((p, i) => $"{Escape(type.Names[i])}: {Of(p, names)}").Skip(skip))})";

    /// <summary>The resource that an annotated name belongs to, or null.</summary>
    public static string? MemberOf(string name)
    {
        var end = name.IndexOf(']', StringComparison.Ordinal);
        return name.StartsWith('[') ? name[(end + 1)..].Split('.')[0] : null;
    }

    public static string Member(string name, FuncType type, Dictionary<object, string> names)
    {
        if (name.StartsWith("[constructor]", StringComparison.Ordinal)) return $"constructor{Parameters(type, names, 0)}{(type.Result is null or OwnType ? "" : $" -> {Of(type.Result, names)}")}";
        var member = Escape(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        return name.StartsWith("[static]", StringComparison.Ordinal) ? $"{member}: static {Func(type, names)}" : $"{member}: {Func(type, names, skip: 1)}";
    }

    public static string Definition(string name, ValType type, Dictionary<object, string> names, string indent)
    {
        var id = Escape(name);
        return type switch
        {
            RecordType r => Block("record", r.Names.Select((n, i) => $"{Escape(n)}: {Of(r.Fields[i], names)}")),
            VariantType v => Block("variant", v.Names.Select((n, i) => v.Cases[i] is { } payload ? $"{Escape(n)}({Of(payload, names)})" : Escape(n))),
            EnumType e => Block("enum", e.Names.Select(Escape)),
            FlagsType f => Block("flags", f.Names.Select(Escape)),
            _ => $"{indent}type {id} = {Written(type, names)};\n",
        };
        string Block(string kind, IEnumerable<string> items) => $"{indent}{kind} {id} {{\n{string.Concat(items.Select(i => $"{indent}  {i},\n"))}{indent}}}\n";
    }

    public static string Of(ValType type, Dictionary<object, string> names) =>
        type is not PrimitiveType && names.TryGetValue(type, out var name) ? Escape(name) : Written(type, names);

    private static string Written(ValType type, Dictionary<object, string> names) => type switch
    {
        PrimitiveType p => p.Describe,
        ListType { Length: { } length } l => $"list<{Of(l.Element, names)}, {length}>",
        ListType l => $"list<{Of(l.Element, names)}>",
        MapType m => $"map<{Of(m.Key, names)}, {Of(m.Value, names)}>",
        TupleType t => $"tuple<{string.Join(", ", t.Types.Select(e => Of(e, names)))}>",
        OptionType o => $"option<{Of(o.Type, names)}>",
        ResultType { Ok: null, Error: null } => "result",
        ResultType { Error: null } r => $"result<{Of(r.Ok!, names)}>",
        ResultType r => $"result<{(r.Ok is null ? "_" : Of(r.Ok, names))}, {Of(r.Error!, names)}>",
        OwnType o => Named(o.Resource, names),
        BorrowType b => $"borrow<{Named(b.Resource, names)}>",
        AsyncType a => a.Element is null ? a.Describe : $"{a.Describe}<{Of(a.Element, names)}>",
        _ => type.Describe,
    };

    private static string Named(ResourceType resource, Dictionary<object, string> names) =>
        names.TryGetValue(resource.Id, out var name) ? Escape(name) : "unknown-resource";
}
