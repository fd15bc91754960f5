using System.Runtime.CompilerServices;
using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Proxies;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>The objects that grains can call though they are no grains.</summary>
internal static class Observers
{
    internal static readonly GrainType Type = GrainType.Create("sys.observer");

    private static readonly ConditionalWeakTable<IGrainObserver, object> Ids = [];

    internal static T Add<T>(GrainRuntime runtime, IGrainObserver observer) where T : IGrainObserver
    {
        if (observer is GrainReference)
            throw new ArgumentException("The object is already a reference to an observer.", nameof(observer));
        var id = (GrainId)Ids.GetValue(observer, static _ => GrainId.Create(Type, Guid.NewGuid().ToString("N")));
        var silo = runtime.Silo;
        if (!silo.Catalog.TryFind(id, out _))
            silo.Catalog.Add(id, new Activation(silo, observer, id));
        return (T)(object)ProxyFactory.Get(typeof(T)).CreateReference(runtime, id);
    }

    internal static void Remove(GrainRuntime runtime, IGrainObserver observer)
    {
        var id = observer is GrainReference reference ? reference.GrainId : Ids.TryGetValue(observer, out var known) ? (GrainId)known : default;
        if (id.IsDefault)
            throw new ArgumentException("The object was not registered by CreateObjectReference.", nameof(observer));
        runtime.Silo.Catalog.RemoveObserver(id);
    }
}
