using ClawGrains.Embedded.Calls;
using ClawGrains.Embedded.Proxies;
using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Hosting;

/// <summary>Makes references for one side.</summary>
internal class GrainFactory(GrainRuntime runtime) : IGrainFactory
{
    internal GrainRuntime Runtime => runtime;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null) where TGrainInterface : IGrainWithStringKey =>
        (TGrainInterface)(object)Make(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId) where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)ProxyFactory.Get(typeof(TGrainInterface)).CreateReference(runtime, grainId);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)(object)Make(grainInterfaceType, grainPrimaryKey, null);

    public IAddressable GetGrain(GrainId grainId) => References.Untyped(runtime, grainId);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver =>
        Observers.Add<TGrainObserverInterface>(runtime, obj);

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver =>
        Observers.Remove(runtime, obj);

    private GrainReference Make(Type type, string key, string? prefix)
    {
        if (string.IsNullOrWhiteSpace(key))
            throw new ArgumentException("A grain key can't be empty.", nameof(key));
        var id = GrainId.Create(runtime.Silo.Classes.Resolve(type, prefix), key);
        return ProxyFactory.Get(type).CreateReference(runtime, id);
    }
}

/// <summary>The way in for code outside grains.</summary>
internal sealed class ClusterClient(GrainRuntime runtime, IServiceProvider services) : GrainFactory(runtime), IClusterClient
{
    public IServiceProvider ServiceProvider => services;
}
