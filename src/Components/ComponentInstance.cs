using ClawGrains.Components.Linking;
using ClawGrains.Components.Types;
using ClawGrains.Wasm;

namespace ClawGrains.Components;

/// <summary>
/// A running component. Used by one thread at a time. After a trap, or an exception of a host function, every call
/// traps with "cannot enter component instance": dispose it and make a new one.
/// </summary>
public sealed class ComponentInstance : IDisposable
{
    private readonly LiveInstance _live;
    private readonly InstancePool? _pool;
    private readonly int _use;
    private bool _disposed;

    private ComponentInstance(Component component, LiveInstance live, InstancePool? pool)
    {
        Component = component;
        _live = live;
        _pool = pool;
        _use = live.Frame.Store.Use;
    }

    /// <summary>What it is an instance of.</summary>
    public Component Component { get; }

    /// <summary>The store, for fuel and interruption.</summary>
    public Store Store => Frame.Store.Store;

    /// <summary>Any object, for <see cref="HostCall.Data"/>.</summary>
    public object? Data
    {
        get => Frame.Store.Data;
        set => Frame.Store.Data = value;
    }

    internal ComponentFrame Frame
    {
        get
        {
            ThrowIfDisposed();
            return _live.Frame;
        }
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed || _live.Frame.Store.Use != _use, this);

    /// <summary>
    /// Remembers the present state for <see cref="TryReset"/>. False, with nothing remembered, where the instance holds
    /// or held handles, or has trapped: such an instance is made anew instead.
    /// </summary>
    public bool TrySnapshot()
    {
        if (!Frame.Store.IsPristine) return false;
        Store.Snapshot();
        return true;
    }

    /// <summary>
    /// Returns to the state of <see cref="TrySnapshot"/>, memories, tables and globals included, so that no call can see
    /// what another left. False where that can't be had (a trap, handles) or isn't worth it (memories of more than
    /// <paramref name="maxMemoryBytes"/>): dispose the instance then. Fuel and interruption are the store's.
    /// </summary>
    public bool TryReset(long maxMemoryBytes = long.MaxValue)
    {
        if (!Frame.Store.IsPristine || Frame.Store.MemoryBytes > maxMemoryBytes) return false;
        Store.Reset();
        return true;
    }

    internal static ComponentInstance Create(Component component, ComponentLinker linker, RuntimeStore store) =>
        new(component, Make(component, linker, store, null), null);

    /// <summary>One in a store of its own, from the pool where there is one.</summary>
    internal static ComponentInstance Create(Component component, ComponentLinker linker, InstancePool pool, object? data)
    {
        if (pool.TryTake() is { } kept)
        {
            kept.Frame.Store.Data = data;
            return new(component, kept, pool);
        }
        var owned = new Store(component.Engine);
        try
        {
            var made = Make(component, linker, new RuntimeStore(owned) { Data = data }, owned);
            return new(component, made, pool.TryPrepare(made) ? pool : null);
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    private static LiveInstance Make(Component component, ComponentLinker linker, RuntimeStore store, Store? owned)
    {
        var items = new HostLinking(linker, store).Resolve(component.Plan.Type);
        try
        {
            return new(Instantiator.Run(new RuntimeComponent(component.Plan, null), store, null, name => items[name]), owned);
        }
        catch (TrapException e)
        {
            throw new ComponentTrapException(e.Message, e);
        }
        catch (LinkException e)
        {
            throw new ComponentException(ComponentErrorKind.Link, e.Message, inner: e);
        }
    }

    /// <summary>
    /// An exported function by name; <c>interface#function</c> reaches into an exported instance, whose version may be
    /// any compatible one. Throws <see cref="KeyNotFoundException"/> that lists the functions there are.
    /// </summary>
    public ComponentFunction GetFunction(string name) =>
        FindFunction(name) ?? throw new KeyNotFoundException($"The component exports no function `{name}`; it exports {string.Join(", ", Functions)}.");

    /// <summary>Like <see cref="GetFunction"/>, or null when there is no such function.</summary>
    public ComponentFunction? FindFunction(string name)
    {
        ThrowIfDisposed();
        if (!_live.Functions.TryGetValue(name, out var found)) _live.Functions[name] = found = Search(name);
        return found is var (func, type) ? new ComponentFunction(this, func, type, name) : null;
    }

    private (FuncInst Func, FuncType Type)? Search(string name)
    {
        var hash = name.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0) return Function(name, Frame.Exports, Component.Plan.Type.Exports);
        var path = Component.Plan.Type.Exports.Items.Select(i => i.Name).FirstOrDefault(n => Matches(n, name[..hash]));
        if (path is null || Frame.Exports.Exports[path] is not RuntimeInstance instance) return null;
        return Function(name[(hash + 1)..], instance, ((InstanceType)Component.Plan.Type.Exports.Find(path)!.Value.Type).Exports);
    }

    /// <summary>Calls an export given as in <c>name(1, "two")</c>, in WAVE; gives the result in WAVE, or null when there is none.</summary>
    public string? Invoke(string call)
    {
        var (name, arguments) = SplitCall(call);
        return GetFunction(name).CallWave(arguments);
    }

    /// <summary>
    /// The name and the arguments of <c>name(1, "two")</c>, for <see cref="FindFunction"/> and
    /// <see cref="ComponentFunction.ReadArguments(string)"/>; <c>()</c> for a name alone. Messages point into the whole text.
    /// </summary>
    public static (string Name, string Arguments) SplitCall(string call) => Wit.WaveReader.SplitCall(call);

    /// <summary>The names of all exported functions, those of exported interfaces as <c>interface#function</c>.</summary>
    public IReadOnlyList<string> Functions => [.. Component.Plan.Type.Exports.Items.SelectMany(i => i.Type.Sort switch
    {
        ExternSort.Func => [i.Name],
        ExternSort.Instance => ((InstanceType)i.Type.Type).Exports.Items.Where(e => e.Type.Sort == ExternSort.Func).Select(e => $"{i.Name}#{e.Name}"),
        _ => Enumerable.Empty<string>(),
    })];

    /// <summary>
    /// Drops the resources that the guest still owns, with their destructors, and the store if it was made for this
    /// instance. Calls of its functions throw <see cref="ObjectDisposedException"/> afterwards.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        var store = _live.Frame.Store;
        store.Use++;
        if (_pool is not null && _pool.TryReturn(_live)) return;
        Leftovers.Drop(store);
        _live.Owned?.Dispose();
    }

    private static bool Matches(string exported, string wanted) =>
        exported == wanted || (CompatibleName.Key(exported) is { } key && key == CompatibleName.Key(wanted))
        || (!wanted.Contains('@', StringComparison.Ordinal) && exported.StartsWith(wanted + "@", StringComparison.Ordinal));

    private static (FuncInst, FuncType)? Function(string name, RuntimeInstance instance, ExternMap types) =>
        instance.Exports.GetValueOrDefault(name) is FuncInst func && types.Find(name)?.Type is FuncType type ? (func, type) : null;
}
