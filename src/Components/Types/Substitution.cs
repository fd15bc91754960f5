namespace ClawGrains.Components.Types;

/// <summary>
/// Replaces resources (and type nodes that an instantiation renames) inside a type. Shared parts are rewritten once
/// and stay shared; a part that does not change keeps its identity.
/// </summary>
internal sealed class Substitution
{
    private readonly Dictionary<TypeDef, TypeDef> _nodes = new(ReferenceEqualityComparer.Instance);
    private bool _renames;

    public Dictionary<ResourceId, ResourceId> Resources { get; } = [];

    /// <summary>Makes <paramref name="from"/> stand for <paramref name="to"/>, so that names given to one hold for the other.</summary>
    public void Rename(TypeDef from, TypeDef to)
    {
        if (ReferenceEquals(from, to)) return;
        _renames = true;
        _nodes[from] = to;
    }

    public void Bind(ResourceId from, ResourceId to) => Resources[from] = to;

    public ExternType Apply(ExternType type) => type with { Type = Apply(type.Type) };

    public ExternMap Apply(ExternMap map)
    {
        if (!_renames && (Resources.Count == 0 || !map.MentionsResource)) return map;
        var changed = false;
        var items = new (string, ExternType)[map.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var (name, type) = map.Items[i];
            var applied = Apply(type);
            changed |= !ReferenceEquals(applied.Type, type.Type);
            items[i] = (name, applied);
        }
        return changed ? new ExternMap(items) : map;
    }

    public TypeDef Apply(TypeDef type)
    {
        if (!_renames && (Resources.Count == 0 || !type.MentionsResource)) return type;
        if (_nodes.TryGetValue(type, out var known)) return known;
        var result = Rewrite(type);
        _nodes[type] = result;
        return result;
    }

    private TypeDef Rewrite(TypeDef type) => type switch
    {
        ResourceType r => Resources.TryGetValue(r.Id, out var id) ? new ResourceType(id) : r,
        FuncType f => Func(f),
        InstanceType i => Apply(i.Exports) is var e && ReferenceEquals(e, i.Exports) ? i : new InstanceType(e, i.Variables),
        ComponentType c => Component(c),
        ValType v => Value(v),
        _ => type,
    };

    private FuncType Func(FuncType f)
    {
        var (parameters, changed) = All(f.Params);
        var result = f.Result is null ? null : Val(f.Result);
        return changed || !ReferenceEquals(result, f.Result) ? new FuncType(f.Names, parameters, result, f.IsAsync) : f;
    }

    private ComponentType Component(ComponentType c)
    {
        var (imports, exports) = (Apply(c.Imports), Apply(c.Exports));
        var same = ReferenceEquals(imports, c.Imports) && ReferenceEquals(exports, c.Exports);
        return same ? c : new ComponentType(imports, exports, c.Imported, c.Defined);
    }

    private ValType Val(ValType type) => (ValType)Apply(type);

    private (ValType[] Types, bool Changed) All(ValType[] types)
    {
        var result = Array.ConvertAll(types, Val);
        return (result, !result.AsSpan().SequenceEqual(types));
    }

    private ValType Value(ValType type)
    {
        switch (type)
        {
            case AsyncType { Element: { } item } a: return Val(item) is var i && ReferenceEquals(i, item) ? a : new AsyncType(a.IsStream, i);
            case ListType l: return Val(l.Element) is var e && ReferenceEquals(e, l.Element) ? l : new ListType(e, l.Length);
            case OptionType o: return Val(o.Type) is var t && ReferenceEquals(t, o.Type) ? o : new OptionType(t);
            case OwnType o: return (ResourceType)Apply(o.Resource) is var r && ReferenceEquals(r, o.Resource) ? o : new OwnType(r);
            case BorrowType b: return (ResourceType)Apply(b.Resource) is var q && ReferenceEquals(q, b.Resource) ? b : new BorrowType(q);
            case RecordType record: return All(record.Fields) is (var fields, true) ? new RecordType(record.Names, fields) : record;
            case TupleType tuple: return All(tuple.Types) is (var types, true) ? new TupleType(types) : tuple;
            case MapType m: return All([m.Key, m.Value]) is (var pair, true) ? new MapType(pair[0], pair[1]) : m;
            case ResultType result: return Result(result);
            case VariantType v: return Variant(v);
            default: return type;
        }
    }

    private ResultType Result(ResultType r)
    {
        var (ok, error) = (r.Ok is null ? null : Val(r.Ok), r.Error is null ? null : Val(r.Error));
        return ReferenceEquals(ok, r.Ok) && ReferenceEquals(error, r.Error) ? r : new ResultType(ok, error);
    }

    private VariantType Variant(VariantType v)
    {
        var cases = Array.ConvertAll(v.Cases, c => c is null ? null : Val(c));
        return cases.AsSpan().SequenceEqual(v.Cases) ? v : new VariantType(v.Names, cases);
    }
}
