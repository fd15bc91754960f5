using ClawGrains.Components;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Execution;

/// <summary>An instance in a store of its own, in the state it has after instantiation and before any call.</summary>
internal sealed class LiveGuest : IDisposable
{
    /// <summary>Instances whose memories grew beyond this are not worth cleaning.</summary>
    private const long MaxKeptMemory = 4 << 20;

    private readonly Dictionary<string, ComponentFunction?> _functions = new(StringComparer.Ordinal);
    private readonly Store _store;
    private readonly ComponentInstance _instance;
    private readonly bool _reusable;

    private LiveGuest(Store store, ComponentInstance instance, long startFuel, bool reusable) =>
        (_store, _instance, StartFuel, _reusable) = (store, instance, startFuel, reusable);

    /// <summary>Fuel that instantiation used; a kept instance costs its call the same.</summary>
    public long StartFuel { get; }

    public Store Store => _store;

    public Component Component => _instance.Component;

    public IReadOnlyList<string> Functions => _instance.Functions;

    /// <summary>Makes an instance. What its start function throws comes through, and the store is gone then.</summary>
    public static LiveGuest Make(ComponentLinker linker, Component component, Store store, HostSession session)
    {
        var fuel = store.Fuel;
        var instance = linker.Instantiate(component, store, session);
        // What a start function asked of the host belongs to this call, its tenant's variables for example.
        var reusable = session.HostCalls == 0 && instance.TrySnapshot();
        return new LiveGuest(store, instance, fuel - store.Fuel, reusable);
    }

    public static Store NewStore(Engine engine, PluginLimits limits) => new(engine, new StoreLimits
    {
        MemoryBytes = (long)limits.MemoryMegabytes << 20,
        TableElements = limits.TableElements,
        Instances = 64,
        Memories = 16,
        Tables = 64,
        TrapOnGrowthFailure = true,
    }) { Fuel = limits.Fuel };

    /// <summary>Gives a kept instance to a call; false where its fuel does not pay for the instantiation.</summary>
    public bool TryBegin(long fuel, HostSession session)
    {
        if (fuel < StartFuel) return false;
        _store.Fuel = fuel - StartFuel;
        _store.MayCompile = !session.IsInline;
        _instance.Data = session;
        return true;
    }

    /// <summary>Takes the call's traces away; false where the instance must not serve another.</summary>
    public bool TryClean()
    {
        if (!_reusable || !_instance.TryReset(MaxKeptMemory)) return false;
        _store.ClearInterrupt();
        _instance.Data = null;
        return true;
    }

    /// <summary>The first of some exports that is there.</summary>
    public ComponentFunction? Find(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!_functions.TryGetValue(name, out var function)) _functions[name] = function = _instance.FindFunction(name);
            if (function is not null) return function;
        }
        return null;
    }

    public void Dispose()
    {
        try
        {
            _instance.Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or NeedsThreadException)
        {
            // A destructor asked the host for something after the call's end; the store goes all the same.
        }
        finally
        {
            _store.Dispose();
        }
    }
}
