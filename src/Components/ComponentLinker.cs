using ClawGrains.Components.Linking;
using System.Reflection;
using ClawGrains.Wasm;
using Module = ClawGrains.Wasm.Module;

namespace ClawGrains.Components;

/// <summary>
/// What a host offers to components, by import name. An interface name matches by compatible version: what is offered
/// as <c>wasi:io/streams@0.2.6</c> serves an import of <c>wasi:io/streams@0.2.0</c> and the other way round, as far as
/// the functions that the component uses exist. Can be used for many instantiations, from many threads once filled.
/// </summary>
public sealed class ComponentLinker : LinkerInstance
{
    /// <summary>An empty linker.</summary>
    public ComponentLinker() : base("") { }

    /// <summary>
    /// Whether functions and resources that nobody offers are no error of linking: the functions trap when they are
    /// called. Default false. Missing modules and components are an error all the same.
    /// </summary>
    public bool MissingImportsTrap { get; set; }

    /// <summary>
    /// Makes an instance. Throws <see cref="ComponentException"/> of kind <see cref="ComponentErrorKind.Link"/> that lists
    /// every import that is missing or unfit, and <see cref="ComponentTrapException"/> when a start function traps.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="store">Whose limits and fuel hold; null makes one that is disposed with the instance.</param>
    /// <param name="data">Any object, for <see cref="HostCall.Data"/>.</param>
    public ComponentInstance Instantiate(Component component, Store? store = null, object? data = null)
    {
        var owned = store is null ? new Store(component.Engine) : null;
        try
        {
            return ComponentInstance.Create(component, this, new RuntimeStore(store ?? owned!) { Data = data }, owned);
        }
        catch
        {
            owned?.Dispose();
            throw;
        }
    }
}

/// <summary>A set of named things that the host offers: functions, resources, modules and instances of such.</summary>
public class LinkerInstance
{
    private readonly Dictionary<string, object> _items = new(StringComparer.Ordinal);

    private protected LinkerInstance(string name) => Name = name;

    /// <summary>The name under which this set is offered; empty for the linker itself.</summary>
    public string Name { get; }

    /// <summary>The instance of that name, made when it is not there yet.</summary>
    public LinkerInstance Instance(string name)
    {
        if (_items.TryGetValue(name, out var known) && known is LinkerInstance instance) return instance;
        var made = new LinkerInstance(name);
        _items[name] = made;
        return made;
    }

    /// <summary>Offers a function; the last of a name stands.</summary>
    public LinkerInstance Func(string name, HostFunction implementation) => Add(name, implementation);

    /// <summary>
    /// Offers a .NET method or lambda, by the type rules of <see cref="ComponentFunction.ToDelegate{T}"/>; a first
    /// parameter of type <see cref="HostCall"/> gets the call. Example:
    /// <code>linker.Instance("clawft:plugin/host").Func("add", (uint a, uint b) => a + b);</code>
    /// </summary>
    public LinkerInstance Func(string name, Delegate implementation) =>
        Add(name, implementation as HostFunction ?? (object)new ClrFunction(implementation));

    /// <summary>Offers every public method that has <see cref="ComponentExportAttribute"/>, under the name given there.</summary>
    public LinkerInstance Methods(object target)
    {
        foreach (var method in target.GetType().GetMethods())
            if (method.GetCustomAttribute<ComponentExportAttribute>() is { } export) Add(export.Name, new ClrFunction(ClrFunction.Bind(method, target)));
        return this;
    }

    /// <summary>Offers a resource type.</summary>
    public LinkerInstance Resource(string name, HostResource resource) => Add(name, resource);

    /// <summary>Offers a core module.</summary>
    public LinkerInstance Module(string name, Module module) => Add(name, module);

    /// <summary>Offers the exports of another component's instance, which must live in the same store.</summary>
    public LinkerInstance Instance(string name, ComponentInstance instance) => Add(name, instance.Frame.Exports);

    /// <summary>Answers for functions that nobody offered by name; null answers nothing.</summary>
    internal Func<string, HostFunction?>? Fallback { get; set; }

    internal object? Find(string name)
    {
        if (_items.TryGetValue(name, out var exact)) return exact;
        if (CompatibleName.Key(name) is not { } key) return Fallback?.Invoke(name);
        foreach (var (offered, item) in _items)
            if (CompatibleName.Key(offered) == key) return item;
        return Fallback?.Invoke(name);
    }

    private LinkerInstance Add(string name, object item)
    {
        _items[name] = item;
        return this;
    }
}
