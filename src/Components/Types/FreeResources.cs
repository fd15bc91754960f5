namespace ClawGrains.Components.Types;

/// <summary>The resources that a type mentions without binding them itself. Each node is visited once.</summary>
internal sealed class FreeResources
{
    private readonly HashSet<TypeDef> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ResourceId> _mentioned = [];
    private readonly HashSet<ResourceId> _bound = [];

    public static HashSet<ResourceId> Of(params IEnumerable<TypeDef> types)
    {
        var walk = new FreeResources();
        foreach (var type in types) walk.Visit(type);
        walk._mentioned.ExceptWith(walk._bound);
        return walk._mentioned;
    }

    private void Visit(TypeDef? type)
    {
        if (type is not { MentionsResource: true } || !_seen.Add(type)) return;
        if (type is ResourceType resource) _mentioned.Add(resource.Id);
        if (type is InstanceType instance) _bound.UnionWith(instance.Variables);
        if (type is ComponentType component)
        {
            _bound.UnionWith(component.Imported);
            _bound.UnionWith(component.Defined);
        }
        foreach (var child in TypeChildren.Of(type)) Visit(child);
    }
}

/// <summary>The direct parts of a type.</summary>
internal static class TypeChildren
{
    public static IEnumerable<TypeDef> Of(TypeDef type) => type switch
    {
        FuncType f => f.Result is null ? f.Params : f.Params.Append(f.Result),
        InstanceType i => i.Exports.Items.Select(e => e.Type.Type),
        ComponentType c => c.Imports.Items.Concat(c.Exports.Items).Select(e => e.Type.Type),
        HandleType h => [h.Resource],
        ListType l => [l.Element],
        AsyncType { Element: { } item } => [item],
        OptionType o => [o.Type],
        MapType m => [m.Key, m.Value],
        RecordType r => r.Fields,
        TupleType t => t.Types,
        VariantType v => v.Cases.OfType<ValType>(),
        ResultType r => new[] { r.Ok, r.Error }.OfType<ValType>(),
        _ => [],
    };
}
