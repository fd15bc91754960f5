using ClawGrains.Components.Binary;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

/// <summary>Imports and exports of components and of their types.</summary>
internal static class Externs
{
    public static ExternType Import(Scope scope, ImportDefinition import)
    {
        var type = Introduce(scope, Resolve(scope, import.Type, import.Offset), scope.ImportedResources, (import.Type, import.Offset));
        Register(scope, import.Name, type, isImport: true, import.Offset);
        return type;
    }

    public static void ExportDeclaration(Scope scope, ExportDeclaration export)
    {
        var type = Introduce(scope, Resolve(scope, export.Type, export.Offset), scope.DefinedResources, (export.Type, export.Offset));
        Register(scope, export.Name, type, isImport: false, export.Offset);
    }

    public static ExternType Export(Scope scope, ExportDefinition export)
    {
        var item = scope.Item(export.Item, export.Offset);
        var actual = Named(export.Item.Sort, item);
        if (export.Type is { } ascribed)
        {
            var wanted = Resolve(scope, ascribed, export.Offset);
            CheckAscription(actual, wanted, ascribed, export.Offset);
            actual = Introduce(scope, wanted, scope.DefinedResources, (ascribed, export.Offset));
        }
        Register(scope, export.Name, actual, isImport: false, export.Offset);
        return actual;
    }

    /// <summary>The extern type of an item by itself; a type gets a new node, whose name the export is.</summary>
    public static ExternType Named(Sort sort, TypeDef item) =>
        sort == Sort.Type ? new ExternType(ExternSort.Type, item.Renamed()) : new ExternType(SortOf(sort), item);

    public static ExternSort SortOf(Sort sort) => sort switch
    {
        Sort.CoreModule => ExternSort.Module,
        Sort.Func => ExternSort.Func,
        Sort.Type => ExternSort.Type,
        Sort.Component => ExternSort.Component,
        _ => ExternSort.Instance,
    };

    private static void CheckAscription(ExternType actual, ExternType wanted, ExternSyntax syntax, long offset)
    {
        if (syntax.Kind == ExternSyntaxKind.TypeSubResource)
        {
            if (actual.Type is not ResourceType) throw ComponentException.Invalid($"ascribed type of export is not compatible with item's type: expected resource, found {actual.Type.Describe}", offset);
            return;
        }
        if (Subtype.Extern(actual, wanted) is { } error)
            throw ComponentException.Invalid($"ascribed type of export is not compatible with item's type: {error}", offset);
    }

    private static ExternType Resolve(Scope scope, ExternSyntax syntax, long offset)
    {
        switch (syntax.Kind)
        {
            case ExternSyntaxKind.CoreModule:
                var module = scope.At(scope.CoreTypes, syntax.Index, "core type", offset) as ModuleType;
                return new(ExternSort.Module, module ?? throw ComponentException.Invalid($"core type index {syntax.Index} is not a module type", offset));
            case ExternSyntaxKind.Func: return new(ExternSort.Func, scope.FuncType(syntax.Index, offset));
            case ExternSyntaxKind.TypeEq: return new(ExternSort.Type, scope.At(scope.Types, syntax.Index, "type", offset).Renamed());
            case ExternSyntaxKind.TypeSubResource: return new(ExternSort.Type, new ResourceType(new ResourceId()));
            case ExternSyntaxKind.Component:
                var component = scope.At(scope.Types, syntax.Index, "type", offset) as ComponentType;
                return new(ExternSort.Component, component ?? throw Scope.NotA(syntax.Index, "a component type", offset));
            default:
                var instance = scope.At(scope.Types, syntax.Index, "type", offset) as InstanceType;
                return new(ExternSort.Instance, instance ?? throw Scope.NotA(syntax.Index, "an instance type", offset));
        }
    }

    /// <summary>Moves the resource variables of an imported or exported item to the scope, fresh for every use.</summary>
    private static ExternType Introduce(Scope scope, ExternType type, List<ResourceId> owner, (ExternSyntax Syntax, long Offset) at)
    {
        if (at.Syntax.Kind == ExternSyntaxKind.TypeSubResource) owner.Add(((ResourceType)type.Type).Id);
        if (type.Sort != ExternSort.Instance || type.Type is not InstanceType { Variables.Count: > 0 } instance) return type;
        scope.Budget.Walk(instance.TypeSize, at.Offset);
        scope.Budget.Fresh(instance.Variables.Count, at.Offset);
        var fresh = new Substitution();
        foreach (var variable in instance.Variables)
        {
            var id = new ResourceId();
            fresh.Bind(variable, id);
            owner.Add(id);
        }
        return type with { Type = new InstanceType(fresh.Apply(instance.Exports), []) };
    }

    private static void Register(Scope scope, NameSyntax name, ExternType type, bool isImport, long offset)
    {
        if (!isImport && DependencyName.Is(name.Name)) throw ComponentException.Invalid($"`{name.Name}` is not a valid export name", offset);
        scope.Push(type, offset);
        if (!NamedTypes.Register(scope, type, isImport))
            throw ComponentException.Invalid($"{type.Describe} not valid to be used as {(isImport ? "import" : "export")}", offset);
        (isImport ? scope.Imports : scope.Exports).Add(name, type, offset);
    }

    /// <summary>The type of a finished component or component type.</summary>
    public static ComponentType ComponentType(Scope scope, long offset)
    {
        var (imports, exports) = (new ExternMap(scope.Imports.Items), new ExternMap(scope.Exports.Items));
        if (imports.MentionsResource || exports.MentionsResource) scope.Budget.Walk(imports.TypeSize + exports.TypeSize, offset);
        var inImports = FreeResources.Of(imports.Items.Select(i => i.Type.Type));
        if (scope.DefinedResources.Exists(inImports.Contains)) throw ComponentException.Invalid("local resource type found in imports", offset);
        var inExports = FreeResources.Of(exports.Items.Select(i => i.Type.Type));
        return new ComponentType(imports, exports, scope.ImportedResources, [.. scope.DefinedResources.Where(inExports.Contains)]);
    }
}
