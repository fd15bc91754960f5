using ClawGrains.Components.Abi;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;
using ExternType = ClawGrains.Components.Types.ExternType;

namespace ClawGrains.Components.Linking;

/// <summary>Turns what a linker offers into the runtime items that a component's imports want; collects every mistake.</summary>
internal sealed class HostLinking(ComponentLinker linker, RuntimeStore store)
{
    private readonly List<string> _errors = [];
    private readonly Dictionary<ResourceId, ResourceInstance> _resources = [];

    /// <summary>Stands for the root in the calls of host functions.</summary>
    public ComponentFrame Root { get; } = new(store, null, null);

    public Dictionary<string, object?> Resolve(ComponentType type)
    {
        var items = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, import) in type.Imports.Items) items[name] = Item(name, import, linker.Find(name));
        if (_errors.Count == 0) return items;
        throw ComponentException.Link($"the component cannot be linked:\n  {string.Join("\n  ", _errors)}");
    }

    private object? Item(string path, ExternType wanted, object? offered)
    {
        switch (wanted.Sort, offered)
        {
            case (ExternSort.Type, _): return wanted.Type is ResourceType resource ? Resource(path, resource.Id, offered) : null;
            case (ExternSort.Func, HostFunction function): return new HostFunc(function, Root, path);
            case (ExternSort.Func, ClrFunction function): return new HostFunc(function.For((FuncType)wanted.Type, path, _errors), Root, path) { Clr = function };
            case (ExternSort.Func, FuncInst func): return Func(path, (FuncType)wanted.Type, func);
            case (ExternSort.Instance, LinkerInstance instance): return Instance(path, (InstanceType)wanted.Type, instance.Find);
            case (ExternSort.Instance, RuntimeInstance instance): return Instance(path, (InstanceType)wanted.Type, n => instance.Exports.GetValueOrDefault(n));
            case (ExternSort.Instance, null) when OnlyTypes((InstanceType)wanted.Type): return Instance(path, (InstanceType)wanted.Type, _ => null);
            case (ExternSort.Module, Module module): return Module(path, (ModuleType)wanted.Type, module);
            case (ExternSort.Component, RuntimeComponent component): return Component(path, (ComponentType)wanted.Type, component);
            case (ExternSort.Instance, null) when linker.MissingImportsTrap: return Instance(path, (InstanceType)wanted.Type, _ => null);
            case (ExternSort.Func, null) when linker.MissingImportsTrap: return new HostFunc(Missing(path), Root, path);
            case (_, null): return Fail($"missing import `{path}` ({wanted.Describe})");
            default: return Fail($"import `{path}` wants a {wanted.Describe}, the host offers something else");
        }
    }

    /// <summary>Interfaces that <c>use</c> a resource mention it again; it stays the one that was linked first.</summary>
    private ResourceInstance? Resource(string path, ResourceId id, object? offered)
    {
        var given = offered is HostResource host ? host.In(store) : offered as ResourceInstance;
        if (given is null && linker.MissingImportsTrap && !_resources.ContainsKey(id)) given = new HostResource(path).In(store);
        if (_resources.TryGetValue(id, out var known))
        {
            if (given is not null && given != known) _errors.Add($"import `{path}` must be the same resource as the one linked before, {known.Describe}");
            return known;
        }
        if (given is null) _errors.Add($"missing import `{path}` (resource)");
        else _resources[id] = given;
        return given;
    }

    private RuntimeInstance Instance(string path, InstanceType wanted, Func<string, object?> offered)
    {
        var instance = new RuntimeInstance();
        foreach (var (name, type) in wanted.Exports.Items) instance.Exports[name] = Item($"{path}#{name}", type, offered(name));
        return instance;
    }

    /// <summary>An interface that is imported only for its types needs nothing from the host.</summary>
    private bool OnlyTypes(InstanceType type) =>
        type.Exports.Items.All(e => e.Type.Type switch
        {
            InstanceType nested => OnlyTypes(nested),
            ResourceType resource => _resources.ContainsKey(resource.Id),
            _ => e.Type.Sort == ExternSort.Type,
        });

    private object? Func(string path, FuncType wanted, FuncInst func)
    {
        if (func is not LiftedFunc lifted) return func;
        // Resources of the two components are matched by identity when handles pass; here only shapes can be compared.
        return ShapeEquality.Same(lifted.Signature.Type, wanted) ? func : Fail($"import `{path}` has another type than the function offered");
    }

    private object? Module(string path, ModuleType wanted, Module module)
    {
        var error = Subtype.Module(Core.CoreModules.TypeOf(module), wanted);
        return error is null ? module : Fail($"import `{path}`: {error}");
    }

    private object? Component(string path, ComponentType wanted, RuntimeComponent component)
    {
        var error = Subtype.Extern(new(ExternSort.Component, component.Plan.Type), new(ExternSort.Component, wanted));
        return error is null ? component : Fail($"import `{path}`: {error}");
    }

    private static HostFunction Missing(string path) => (_, _) => throw Trap.Because($"the import `{path}` is not provided");

    private object? Fail(string error)
    {
        _errors.Add(error);
        return null;
    }
}

/// <summary>Equality of function types across two components, taking every resource for every other.</summary>
internal static class ShapeEquality
{
    public static bool Same(FuncType a, FuncType b) => Subtype.Extern(Erased(a), Erased(b)) is null;

    private static ExternType Erased(FuncType type)
    {
        var erase = new Substitution();
        foreach (var id in FreeResources.Of(type)) erase.Bind(id, Any);
        return new(ExternSort.Func, erase.Apply(type));
    }

    private static readonly ResourceId Any = new();
}
