using ClawGrains.Components.Linking;
using System.Reflection;
using System.Runtime.CompilerServices;
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
    private ConditionalWeakTable<Component, InstancePool> _pools = [];
    private int _version;

    /// <summary>An empty linker.</summary>
    public ComponentLinker() : base("", new LinkerVersion()) { }

    /// <summary>
    /// Whether functions and resources that nobody offers are no error of linking: the functions trap when they are
    /// called. Default false. Missing modules and components are an error all the same.
    /// </summary>
    public bool MissingImportsTrap
    {
        get;
        set
        {
            field = value;
            Version.Value++;
        }
    }

    /// <summary>
    /// Makes an instance. Throws <see cref="ComponentException"/> of kind <see cref="ComponentErrorKind.Link"/> that lists
    /// every import that is missing or unfit, and <see cref="ComponentTrapException"/> when a start function traps.
    /// Without a store of the caller's, what a disposed instance used is cleaned and serves the next one.
    /// </summary>
    /// <param name="component">The component.</param>
    /// <param name="store">Whose limits and fuel hold; null makes one that is disposed with the instance.</param>
    /// <param name="data">Any object, for <see cref="HostCall.Data"/>.</param>
    public ComponentInstance Instantiate(Component component, Store? store = null, object? data = null)
    {
        if (store is not null) return ComponentInstance.Create(component, this, new RuntimeStore(store) { Data = data });
        return ComponentInstance.Create(component, this, Pools().GetValue(component, static _ => new InstancePool()), data);
    }

    /// <summary>What was linked before a change is not what is linked now.</summary>
    private ConditionalWeakTable<Component, InstancePool> Pools()
    {
        var (version, pools) = (Version.Value, _pools);
        if (Interlocked.Exchange(ref _version, version) == version) return pools;
        return _pools = [];
    }
}

/// <summary>A set of named things that the host offers: functions, resources, modules and instances of such.</summary>
public class LinkerInstance
{
    private readonly Dictionary<string, object> _items = new(StringComparer.Ordinal);

    private protected LinkerInstance(string name, LinkerVersion version) => (Name, Version) = (name, version);

    private protected LinkerVersion Version { get; }

    /// <summary>The name under which this set is offered; empty for the linker itself.</summary>
    public string Name { get; }

    /// <summary>The instance of that name, made when it is not there yet.</summary>
    public LinkerInstance Instance(string name)
    {
        if (_items.TryGetValue(name, out var known) && known is LinkerInstance instance) return instance;
        var made = new LinkerInstance(name, Version);
        Add(name, made);
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
        Version.Value++;
        return this;
    }
}

/// <summary>Counts the changes of a linker and of all that it holds.</summary>
internal sealed class LinkerVersion
{
    public int Value { get; set; }
}
