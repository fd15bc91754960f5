using ClawGrains.Components.Linking;
using ClawGrains.Wasm;

namespace ClawGrains.Components;

/// <summary>
/// A function that the host offers to components. It returns null exactly when the function type has no result.
/// What it throws passes through the guest unchanged and ends the instance.
/// </summary>
public delegate ComponentValue? HostFunction(HostCall call, ReadOnlySpan<ComponentValue> arguments);

/// <summary>The circumstances of a call to a host function.</summary>
public readonly struct HostCall
{
    private readonly ComponentFrame _frame;

    internal HostCall(ComponentFrame frame, string function)
    {
        _frame = frame;
        Function = function;
    }

    /// <summary>The name of the function that is called.</summary>
    public string Function { get; }

    /// <summary>The object that was given when the component was instantiated.</summary>
    public object? Data => _frame.Store.Data;

    /// <summary>The store of the calling instance.</summary>
    public Store Store => _frame.Store.Store;

    /// <summary>Makes an owned handle of a resource of the host's, for a result of type <c>own</c>.</summary>
    public ComponentValue Own(HostResource resource, object target)
    {
        var instance = resource.In(_frame.Store);
        return ComponentValue.Resource(new ComponentResource(instance, instance.Add(target), owns: true));
    }
}

/// <summary>A resource type that the host defines; each component instance has its own set of handles of it.</summary>
public sealed class HostResource
{
    private readonly Action<object>? _drop;

    /// <summary>A resource type whose objects are disposed, if disposable, when their last owner drops them.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="drop">What to do instead of disposing, or null.</param>
    public HostResource(string name, Action<object>? drop = null)
    {
        Name = name;
        _drop = drop ?? (static target => (target as IDisposable)?.Dispose());
    }

    /// <summary>The name given for messages.</summary>
    public string Name { get; }

    internal HostResourceInstance In(RuntimeStore store)
    {
        foreach (var known in store.HostResources)
            if (ReferenceEquals(known.Definition, this)) return known;
        var made = new HostResourceInstance(this, _drop);
        store.HostResources.Add(made);
        return made;
    }
}
