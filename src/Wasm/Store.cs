using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>
/// Owns instances and everything they refer to, with one set of limits and one account of fuel. Used by one thread at
/// a time (only <see cref="Interrupt"/> may come from another). Objects of one store can't be used in another.
/// </summary>
public sealed unsafe class Store : IDisposable
{
    private readonly List<Instance> instances = [];
    private readonly List<Memory> memories = [];
    private readonly List<Table> tables = [];
    private readonly List<Global> globals = [];
    private readonly CellArena cells = new();
    private (int Instances, int Memories, int Tables, int Globals)? snapshot;
    private long memoryBytes;
    private long tableElements;

    /// <summary>An empty store.</summary>
    public Store(Engine engine, StoreLimits? limits = null)
    {
        Engine = engine;
        Limits = limits ?? StoreLimits.Default;
        State = new StoreState { MaxDepth = Limits.CallDepth, ConfiguredDepth = Limits.CallDepth, Store = this };
    }

    /// <summary>Frees what <see cref="Dispose"/> was not called for.</summary>
    ~Store() => Free();

    /// <summary>The engine whose modules can be instantiated here.</summary>
    public Engine Engine { get; }

    /// <summary>What the guests may use.</summary>
    public StoreLimits Limits { get; }

    /// <summary>
    /// Fuel left; guests trap with <see cref="TrapKind.OutOfFuel"/> when it would go below zero. Starts at
    /// <see cref="long.MaxValue"/>. Without <see cref="EngineOptions.Metering"/> it is only changed by the host.
    /// </summary>
    public long Fuel
    {
        get => Math.Max(0, State.Fuel);
        set => State.Fuel = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Fuel can't be negative.");
    }

    /// <summary>Any object of the host's, reachable from host functions through <see cref="Caller.Store"/>.</summary>
    public object? Data { get; set; }

    /// <summary>
    /// Whether functions that were not run before are compiled. Where they are not, a guest that comes to one traps with
    /// <see cref="TrapKind.Interrupted"/>: compiling takes as long as the function is large, and uses no fuel. Default true.
    /// </summary>
    public bool MayCompile
    {
        get => State.MayCompile;
        set => State.MayCompile = value;
    }

    internal StoreState State { get; }

    /// <summary>Takes fuel on a host function's behalf; traps with <see cref="TrapKind.OutOfFuel"/> when there is too little.</summary>
    public void ConsumeFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (State.Fuel < amount) throw Traps.OutOfFuel(State);
        State.Fuel -= amount;
    }

    /// <summary>
    /// Makes the running guest, or the next one to run, trap with <see cref="TrapKind.Interrupted"/> and the reason at
    /// its next turn of a loop or call. Stays in force until <see cref="ClearInterrupt"/>. Safe from any thread.
    /// </summary>
    public void Interrupt(string reason = "by the host") => State.RaiseInterrupt(reason);

    /// <summary>Takes <see cref="Interrupt"/> back.</summary>
    public void ClearInterrupt() => State.ClearInterrupt();

    /// <summary>Interrupts after <paramref name="delay"/> unless the returned object is disposed before, which also clears the interrupt.</summary>
    public IDisposable InterruptAfter(TimeSpan delay, TimeProvider? time = null) => new Deadline(this, delay, time ?? TimeProvider.System);

    /// <summary>
    /// Makes an instance and runs its <c>start</c>. Throws <see cref="LinkException"/> when an import is missing or of
    /// another type or a limit is reached, <see cref="TrapException"/> when a segment or <c>start</c> traps.
    /// </summary>
    public Instance Instantiate(Module module, Imports? imports = null)
    {
        ThrowIfDisposed();
        if (module.Engine != Engine) throw new ArgumentException("The module was compiled by another engine.", nameof(module));
        if (instances.Count >= Limits.Instances) throw new LinkException($"The store may hold {Limits.Instances} instances.");
        return Instantiation.Run(this, module, imports ?? Imports.None);
    }

    /// <summary>
    /// Remembers the state of all instances, memories, tables and globals for <see cref="Reset"/>. Not to be called while a guest runs.
    /// </summary>
    public void Snapshot()
    {
        ThrowIfRunning();
        cells.TakeImage();
        foreach (var instance in instances) instance.TakeImage();
        foreach (var memory in memories) memory.TakeImage();
        foreach (var table in tables) table.TakeImage();
        foreach (var global in globals) global.TakeImage();
        snapshot = (instances.Count, memories.Count, tables.Count, globals.Count);
    }

    /// <summary>
    /// Returns everything to the state of <see cref="Snapshot"/>, at a cost that follows what was changed since.
    /// What was made after the snapshot is let go. Fuel, interrupt and <see cref="Data"/> are the caller's to set.
    /// </summary>
    public void Reset()
    {
        ThrowIfRunning();
        var (keepInstances, keepMemories, keepTables, keepGlobals) = snapshot ?? throw new InvalidOperationException("Snapshot was not called.");
        if (instances.Count > keepInstances) DropInstances(keepInstances);
        if (memories.Count > keepMemories) DropMemories(keepMemories);
        if (tables.Count > keepTables) DropTables(keepTables);
        if (globals.Count > keepGlobals) globals.RemoveRange(keepGlobals, globals.Count - keepGlobals);
        cells.Reset();
        foreach (var instance in instances) instance.Reset();
        foreach (var memory in memories) memory.Reset();
        foreach (var table in tables) table.Reset();
        foreach (var global in globals) global.Reset();
    }

    /// <summary>Gives memories back to the engine's pool. Throws <see cref="InvalidOperationException"/> while a guest runs.</summary>
    public void Dispose()
    {
        if (State.MaxDepth == Entry.Disposed) return;
        ThrowIfRunning();
        Free();
        GC.SuppressFinalize(this);
    }

    internal void Add(Instance instance) => instances.Add(instance);

    internal void AddGlobal(Global global) => globals.Add(global);

    internal void AddMemory(Memory memory, long bytes)
    {
        ThrowIfDisposed();
        if (memories.Count >= Limits.Memories) throw new LinkException($"The store may hold {Limits.Memories} memories.");
        if (!TryAddMemoryBytes(bytes)) throw new LinkException($"A memory of {bytes} bytes is beyond the store's {Limits.MemoryBytes}.");
        memories.Add(memory);
    }

    /// <summary>Takes back <see cref="AddMemory"/> for a memory that the system has no room for.</summary>
    internal LinkException Refuse(Memory memory, uint pages)
    {
        memories.Remove(memory);
        memoryBytes -= (long)pages * Memory.PageSize;
        return new LinkException($"No memory of {pages} pages can be had.");
    }

    internal void AddTable(Table table, uint elements)
    {
        ThrowIfDisposed();
        if (tables.Count >= Limits.Tables) throw new LinkException($"The store may hold {Limits.Tables} tables.");
        if (!TryAddTableElements(elements)) throw new LinkException($"A table of {elements} elements is beyond the store's {Limits.TableElements}.");
        tables.Add(table);
    }

    internal bool TryAddMemoryBytes(long bytes)
    {
        if (memoryBytes + bytes > Limits.MemoryBytes) return false;
        memoryBytes += bytes;
        return true;
    }

    internal bool TryAddTableElements(long elements)
    {
        if (tableElements + elements > Limits.TableElements) return false;
        tableElements += elements;
        return true;
    }

    internal ulong* AllocateCells(int count)
    {
        ThrowIfDisposed();
        return cells.Allocate(count);
    }

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(State.MaxDepth == Entry.Disposed, this);

    private void ThrowIfRunning()
    {
        ThrowIfDisposed();
        if (State.Entries > 0) throw new InvalidOperationException("A guest of this store is running.");
    }

    private void DropInstances(int keep)
    {
        foreach (var instance in instances.Skip(keep)) instance.Memory0?.Detach(instance);
        instances.RemoveRange(keep, instances.Count - keep);
    }

    private void DropMemories(int keep)
    {
        foreach (var memory in memories.Skip(keep))
        {
            memoryBytes -= memory.Size;
            memory.Free();
        }
        memories.RemoveRange(keep, memories.Count - keep);
    }

    private void DropTables(int keep)
    {
        foreach (var table in tables.Skip(keep)) tableElements -= table.Size;
        tables.RemoveRange(keep, tables.Count - keep);
    }

    private void Free()
    {
        State.MarkDisposed();
        foreach (var memory in memories) memory.Free();
        cells.Free();
        State.Free();
    }
}
