using ClawGrains.Components.Binary;
using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>Binary.md, "Instance Definitions": component instances.</summary>
internal static class Instantiation
{
    public static InstantiateStep Instantiate(Scope scope, Instantiate definition)
    {
        var offset = definition.Offset;
        var component = scope.At(scope.Components, definition.Component, "component", offset);
        scope.Budget.Walk(component.TypeSize, offset);
        scope.Budget.Fresh(component.Defined.Count, offset);
        var arguments = new Dictionary<string, ExternType>(StringComparer.Ordinal);
        foreach (var (name, item) in definition.Arguments)
            if (!arguments.TryAdd(name, new ExternType(Externs.SortOf(item.Sort), scope.Item(item, offset))))
                throw ComponentException.Invalid($"instantiation argument `{name}` conflicts with previous argument `{name}`", offset);
        var (error, bound) = Subtype.Satisfy(
            component, n => arguments.TryGetValue(n, out var t) ? t : null, n => $"missing import named `{n}`", "type mismatch for import");
        if (error is not null) throw ComponentException.Invalid(error, offset);
        var instance = Fresh(scope, component, bound);
        scope.Push(new(ExternSort.Instance, instance), offset);
        return new InstantiateStep(definition.Component, Items(scope, definition.Arguments, offset), instance);
    }

    /// <summary>Every instantiation makes the component's own resources anew; they belong to the enclosing scope now.</summary>
    private static InstanceType Fresh(Scope scope, ComponentType component, Substitution bound)
    {
        foreach (var defined in component.Defined)
        {
            var id = new ResourceId();
            bound.Bind(defined, id);
            scope.DefinedResources.Add(id);
        }
        return new InstanceType(bound.Apply(component.Exports), []);
    }

    public static InlineExportsStep InlineExports(Scope scope, InlineExports definition)
    {
        // Names alone: a bag of exports introduces no index and needs no names for its types yet.
        var names = new NameTable("export", namesResources: false);
        foreach (var (name, item) in definition.Exports)
            names.Add(name, new ExternType(Externs.SortOf(item.Sort), scope.Item(item, definition.Offset)), definition.Offset);
        scope.Push(new(ExternSort.Instance, new InstanceType(new ExternMap(names.Items), [])), definition.Offset);
        return new InlineExportsStep([.. definition.Exports.Select(e => (e.Name.Name, Item(scope, e.Item, definition.Offset)))]);
    }

    private static (string, PlanItem)[] Items(Scope scope, (string Name, SortIndex Item)[] items, long offset) =>
        [.. items.Select(i => (i.Name, Item(scope, i.Item, offset)))];

    public static PlanItem Item(Scope scope, SortIndex item, long offset) =>
        new(item.Sort, item.Index, item.Sort == Sort.Type ? scope.Item(item, offset) : null);
}
