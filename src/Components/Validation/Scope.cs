using ClawGrains.Components.Binary;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Validation;

internal enum ScopeKind { Component, ComponentType, InstanceType }

/// <summary>
/// The index spaces of one component, component type or instance type while it is validated; every definition,
/// import and export appends to one of them.
/// </summary>
internal sealed class Scope(ScopeKind kind, Scope? parent)
{
    public ScopeKind Kind { get; } = kind;

    public Scope? Parent { get; } = parent;

    public int Depth { get; } = (parent?.Depth ?? 0) + 1;

    /// <summary>Shared by all scopes of a component.</summary>
    public TypeBudget Budget { get; } = parent?.Budget ?? new();

    /// <summary>Holds <see cref="CoreFuncType"/> and <see cref="ModuleType"/>.</summary>
    public List<object> CoreTypes { get; } = [];
    public List<ModuleType> CoreModules { get; } = [];
    public List<Dictionary<string, CoreExternType>> CoreInstances { get; } = [];
    public List<CoreFuncType> CoreFuncs { get; } = [];
    public List<CoreTableType> CoreTables { get; } = [];
    public List<CoreMemoryType> CoreMemories { get; } = [];
    public List<CoreGlobalType> CoreGlobals { get; } = [];
    public List<CoreTagType> CoreTags { get; } = [];
    public List<TypeDef> Types { get; } = [];
    public List<FuncType> Funcs { get; } = [];
    public List<InstanceType> Instances { get; } = [];
    public List<ComponentType> Components { get; } = [];

    public NameTable Imports { get; } = new("import");

    public NameTable Exports { get; } = new("export");

    /// <summary>Types with a name that an import may mention, and those that an export may.</summary>
    public HashSet<TypeDef> ImportedTypes { get; } = new(ReferenceEqualityComparer.Instance);
    public HashSet<TypeDef> ExportedTypes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Resources that the imports bind, and those that are fresh with every instance of this scope.</summary>
    public List<ResourceId> ImportedResources { get; } = [];
    public List<ResourceId> DefinedResources { get; } = [];

    public T At<T>(List<T> space, uint index, string what, long offset) =>
        index < space.Count ? space[(int)index] : throw ComponentException.Invalid($"unknown {what} {index}: {what} index out of bounds", offset);

    public ValType ValType(ValSyntax type, long offset)
    {
        if (type.Primitive is { } primitive) return PrimitiveType.Of(primitive);
        return At(Types, type.Index, "type", offset) as ValType ?? throw NotA(type.Index, "a defined type", offset);
    }

    public ResourceType Resource(uint index, long offset) =>
        At(Types, index, "type", offset) as ResourceType ?? throw NotA(index, "a resource type", offset);

    public FuncType FuncType(uint index, long offset) =>
        At(Types, index, "type", offset) as FuncType ?? throw NotA(index, "a function type", offset);

    public TypeDef Item(SortIndex item, long offset) => item.Sort switch
    {
        Sort.CoreModule => At(CoreModules, item.Index, "module", offset),
        Sort.Func => At(Funcs, item.Index, "function", offset),
        Sort.Type => At(Types, item.Index, "type", offset),
        Sort.Component => At(Components, item.Index, "component", offset),
        _ => At(Instances, item.Index, "instance", offset),
    };

    /// <summary>Appends to the index space of the item's sort.</summary>
    public void Push(ExternType item, long offset)
    {
        switch (item.Type)
        {
            case ModuleType m when item.Sort == ExternSort.Module: Add(CoreModules, m, Limits.Modules, "modules", offset); break;
            case FuncType f when item.Sort == ExternSort.Func: Add(Funcs, f, Limits.Items, "functions", offset); break;
            case InstanceType i when item.Sort == ExternSort.Instance: Add(Instances, i, Limits.Instances, "instances", offset); break;
            case ComponentType c when item.Sort == ExternSort.Component: Add(Components, c, Limits.Components, "components", offset); break;
            default: Add(Types, item.Type, Limits.Items, "types", offset); break;
        }
    }

    public static void Add<T>(List<T> space, T item, uint limit, string what, long offset)
    {
        if (space.Count >= limit) throw ComponentException.Invalid($"{what} count exceeds limit of {limit}", offset);
        space.Add(item);
    }

    /// <summary>Refuses a type whose tree or nesting is too large; the bound keeps every later walk over types cheap.</summary>
    public static T Bounded<T>(T type, long offset) where T : TypeDef
    {
        if (type.TypeSize > Limits.TypeSize) throw ComponentException.Invalid($"effective type size exceeds the limit of {Limits.TypeSize}", offset);
        if (type.Depth > Limits.Depth) throw ComponentException.Invalid($"type nesting is too deep: more than {Limits.Depth} levels", offset);
        if (type is ValType { Size64: >= Limits.ValueSize }) throw ComponentException.Invalid($"type exceeds maximum byte size of {Limits.ValueSize}", offset);
        return type;
    }

    public static ComponentException NotA(uint index, string what, long offset) =>
        ComponentException.Invalid($"type index {index} is not {what}", offset);
}
