using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>An observer is called like an activation that is always there, whose object belongs to someone else.</summary>
internal sealed partial class Activation
{
    private static readonly GrainClass ObserverClass = new(typeof(IGrainObserver));

    private readonly WeakReference<IGrainObserver>? _observer;

    internal Activation(Silo silo, IGrainObserver observer, GrainId id) : this(silo, ObserverClass, id)
    {
        _observer = new(observer);
        _state = ActivationState.Valid;
        _keepAliveUntil = long.MaxValue;
    }

    internal bool IsObserver => _observer is not null;

    /// <summary>The object that is called; null when it has been collected.</summary>
    internal object? Target => _observer is null ? GrainInstance : _observer.TryGetTarget(out var target) ? target : null;
}
