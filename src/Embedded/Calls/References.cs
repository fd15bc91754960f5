using ClawGrains.Embedded.Proxies;
using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>From objects to references.</summary>
internal static class References
{
    internal static GrainReference Untyped(GrainRuntime runtime, GrainId id) => new(runtime, GrainInterface.None, id);

    internal static GrainReference Of(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase instance => Untyped(instance.Activation().Silo.Runtime, instance.GrainContext.GrainId),
        IGrainObserver => throw new ArgumentException($"{grain.GetType()} is an observer: pass what IGrainFactory.CreateObjectReference returns instead of the object itself."),
        _ => throw new ArgumentException($"{grain?.GetType().FullName ?? "null"} is neither a grain nor a reference to one."),
    };

    internal static GrainId IdOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase instance => instance.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain?.GetType().FullName ?? "null"} is neither a grain nor a reference to one."),
    };
}
