using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>Something an activation does as a request: a call, a timer's run, a stream's delivery.</summary>
internal abstract class Work
{
    /// <summary>The next in the activation's queue; belongs to the activation.</summary>
    internal Work? Next { get; set; }

    internal bool Interleave { get; init; }

    internal bool ReadOnly { get; init; }

    /// <summary>What <see cref="RequestContext"/> holds while it runs.</summary>
    internal Dictionary<string, object>? Values { get; set; }

    internal Guid ReentrancyId => Values is { } values && values.TryGetValue(RequestContext.CallChainReentrancy, out var id) ? (Guid)id : Guid.Empty;

    /// <summary>Whether it counts as use of the activation.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Whether only this very activation can do it.</summary>
    internal virtual bool IsBound => false;

    /// <summary>Begins, in a turn of the activation. Must lead to one call of <see cref="Activation.Finished"/>.</summary>
    internal abstract void Start(Activation activation);

    /// <summary>It will never be started.</summary>
    internal abstract void Reject(Exception reason);
}
