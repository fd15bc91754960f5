using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>
/// The imports or the exports of one scope: their order, the uniqueness of their names, and the rules that tie
/// <c>[constructor]</c>, <c>[method]</c> and <c>[static]</c> names to a resource (Binary.md, "Import and Export Definitions").
/// </summary>
internal sealed class NameTable(string direction, bool namesResources = true)
{
    private readonly Dictionary<string, string> _unique = new(StringComparer.Ordinal);
    private readonly Dictionary<ResourceType, string> _resources = new(ReferenceEqualityComparer.Instance);
    private long _typeSize;

    public List<(string Name, ExternType Type)> Items { get; } = [];

    public void Add(Binary.NameSyntax syntax, ExternType type, long offset)
    {
        var name = ExternName.Parse(syntax.Name, syntax.VersionSuffix, offset);
        CheckAttributes(syntax, name, type, offset);
        if (namesResources && type.Type is ResourceType resource && type.Sort == ExternSort.Type) _resources.TryAdd(resource, syntax.Name);
        CheckAnnotation(name, type, offset);
        if (!_unique.TryAdd(name.Unique, syntax.Name))
            throw ComponentException.Invalid($"{direction} name `{syntax.Name}` conflicts with previous name `{_unique[name.Unique]}`", offset);
        _typeSize += type.Type.TypeSize;
        if (_typeSize > Binary.Limits.TypeSize) throw ComponentException.Invalid($"effective type size exceeds the limit of {Binary.Limits.TypeSize}", offset);
        Items.Add((syntax.Name, type));
    }

    private static void CheckAttributes(Binary.NameSyntax syntax, ExternName name, ExternType type, long offset)
    {
        if (syntax.Implements is { } implemented)
        {
            if (name.Kind != ExternNameKind.Label) throw ComponentException.Invalid($"name `{syntax.Name}` is not valid with `implements`", offset);
            if (type.Sort != ExternSort.Instance) throw ComponentException.Invalid("only instances can have an `implements`", offset);
            ExternName.RequireInterface(implemented, offset);
        }
        if (syntax.VersionSuffix is not null && type.Sort != ExternSort.Instance)
            throw ComponentException.Invalid("only instances can have a `versionsuffix`", offset);
        if (syntax.VersionSuffix is not null && name.Kind != ExternNameKind.Interface)
            throw ComponentException.Invalid("a `versionsuffix` needs an interface name", offset);
    }

    private void CheckAnnotation(ExternName name, ExternType type, long offset)
    {
        if (name.Kind is ExternNameKind.Label or ExternNameKind.Interface or ExternNameKind.Dependency) return;
        if (type.Type is not FuncType func || type.Sort != ExternSort.Func) throw Bad(name, "item is not a func", offset);
        switch (name.Kind)
        {
            case ExternNameKind.Constructor: Constructor(name, func, offset); break;
            case ExternNameKind.Method: Method(name, func, offset); break;
            default:
                if (!_resources.ContainsValue(name.Resource)) throw Bad(name, "static resource name is not known in this context", offset);
                break;
        }
    }

    private void Constructor(ExternName name, FuncType func, long offset)
    {
        if (func.IsAsync) throw Bad(name, "constructor function cannot be async", offset);
        if (func.Result is null) throw Bad(name, "function should return one value", offset);
        var result = func.Result is ResultType { Ok: { } ok } ? ok : func.Result;
        if (result is not OwnType own) throw Bad(name, "function should return `(own $T)` or `(result (own $T))`", offset);
        RequireName(name, own.Resource, offset);
    }

    private void Method(ExternName name, FuncType func, long offset)
    {
        if (func.Params.Length == 0) throw Bad(name, "function should have at least one argument", offset);
        if (func.Names[0] != "self") throw Bad(name, "function should have a first argument called `self`", offset);
        if (func.Params[0] is not BorrowType self) throw Bad(name, "function should take a first argument of `(borrow $T)`", offset);
        RequireName(name, self.Resource, offset);
    }

    private void RequireName(ExternName name, ResourceType resource, long offset)
    {
        if (!_resources.TryGetValue(resource, out var known)) throw Bad(name, "resource used in function does not have a name in this context", offset);
        if (known != name.Resource) throw Bad(name, $"function does not match expected resource name `{known}`", offset);
    }

    private ComponentException Bad(ExternName name, string why, long offset) =>
        ComponentException.Invalid($"{why}: {direction} name `{name.Text}` is not valid", offset);
}
