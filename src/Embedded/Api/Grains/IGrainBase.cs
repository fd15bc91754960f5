using Orleans.Runtime;

namespace Orleans;

/// <summary>A class that implements grains without deriving from <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>The activation, injected through the constructor.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called before the first request; state is loaded by then. A failure fails the waiting requests.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last request of an orderly deactivation; not called when the process dies.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
