using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>One side from which calls are made: the silo itself, or a client with its own filters and time-out. References are bound to it.</summary>
internal sealed class GrainRuntime
{
    private volatile Silo? _silo;

    /// <summary>The silo behind it.</summary>
    /// <exception cref="SiloUnavailableException">There is none.</exception>
    internal Silo Silo
    {
        get => _silo ?? throw new SiloUnavailableException("The grain runtime is not running: start the host before calling grains, and don't call them after it has stopped.");
        set => _silo = value;
    }

    internal IOutgoingGrainCallFilter[] OutgoingFilters { get; set; } = [];

    internal TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    internal bool CancelOnTimeout { get; set; }

    internal void Detach() => _silo = null;
}
