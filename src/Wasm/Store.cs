namespace ClawGrains.Wasm;

/// <summary>
/// Owns instances and everything they refer to, with one set of limits and one account of fuel. Used by one thread at
/// a time (only <see cref="Interrupt"/> may come from another). Objects of one store can't be used in another.
/// </summary>
public sealed class Store : IDisposable
{
    /// <summary>An empty store.</summary>
    public Store(Engine engine, StoreLimits? limits = null)
    {
        Engine = engine;
        Limits = limits ?? StoreLimits.Default;
    }

    /// <summary>The engine whose modules can be instantiated here.</summary>
    public Engine Engine { get; }

    /// <summary>What the guests may use.</summary>
    public StoreLimits Limits { get; }

    /// <summary>
    /// Fuel left; guests trap with <see cref="TrapKind.OutOfFuel"/> when it would go below zero. Starts at
    /// <see cref="long.MaxValue"/>. Without <see cref="EngineOptions.Metering"/> it is only changed by the host.
    /// </summary>
    public long Fuel { get; set; } = long.MaxValue;

    /// <summary>Any object of the host's, reachable from host functions through <see cref="Caller.Store"/>.</summary>
    public object? Data { get; set; }

    /// <summary>Takes fuel on a host function's behalf; traps with <see cref="TrapKind.OutOfFuel"/> when there is too little.</summary>
    public void ConsumeFuel(long amount) => throw new NotImplementedException();

    /// <summary>
    /// Makes the running guest, or the next one to run, trap with <see cref="TrapKind.Interrupted"/> and the reason at
    /// its next loop head or call. Stays in force until <see cref="ClearInterrupt"/>. Safe from any thread.
    /// </summary>
    public void Interrupt(string reason = "by the host") => throw new NotImplementedException();

    /// <summary>Takes <see cref="Interrupt"/> back.</summary>
    public void ClearInterrupt() => throw new NotImplementedException();

    /// <summary>Interrupts after <paramref name="delay"/> unless the returned object is disposed before, which also clears the interrupt.</summary>
    public IDisposable InterruptAfter(TimeSpan delay, TimeProvider? time = null) => throw new NotImplementedException();

    /// <summary>
    /// Makes an instance and runs its <c>start</c>. Throws <see cref="LinkException"/> when an import is missing or of
    /// another type or a limit is reached, <see cref="TrapException"/> when a segment or <c>start</c> traps.
    /// </summary>
    public Instance Instantiate(Module module, Imports? imports = null) => throw new NotImplementedException();

    /// <summary>
    /// Remembers the state of all instances, memories, tables and globals for <see cref="Reset"/>. Not to be called while a guest runs.
    /// </summary>
    public void Snapshot() => throw new NotImplementedException();

    /// <summary>
    /// Returns everything to the state of <see cref="Snapshot"/>, at a cost that follows what was changed since.
    /// What was made after the snapshot is let go. Fuel, interrupt and <see cref="Data"/> are the caller's to set.
    /// </summary>
    public void Reset() => throw new NotImplementedException();

    /// <summary>Gives memories back to the engine's pool. Throws <see cref="InvalidOperationException"/> while a guest runs.</summary>
    public void Dispose() => throw new NotImplementedException();
}
