namespace ClawGrains.Wasm;

/// <summary>How an <see cref="Engine"/> compiles and what it accepts. Fixed for the engine's life.</summary>
public sealed record EngineOptions
{
    /// <summary>Count fuel (see <see cref="Store.Fuel"/>). Default false: the counting is compiled out.</summary>
    public bool Metering { get; init; }

    /// <summary>Compile every function at <see cref="Engine.Compile(ReadOnlySpan{byte})"/> rather than at its first call. Default false.</summary>
    public bool EagerCompilation { get; init; }

    /// <summary>
    /// Compile on the thread pool what a function calls while that is compiled itself, where there is more than one
    /// processor. Default true. It shortens the first call of a guest and changes no result nor the fuel used. Where less than
    /// half of what it compiles is called, it ends after some 32 KiB of function bodies.
    /// </summary>
    public bool BackgroundCompilation { get; init; } = true;

    /// <summary>
    /// Proposals accepted beyond WebAssembly 2.0, tail calls and extended constant expressions. Default: none; what
    /// needs one that is off is refused at decoding, by name.
    /// </summary>
    public WasmFeatures Features { get; init; }

    /// <summary>The largest module accepted, in bytes. Default 64 MiB.</summary>
    public int MaxModuleBytes { get; init; } = 64 << 20;

    /// <summary>The most functions a module may define. Default 1,000,000.</summary>
    public int MaxFunctions { get; init; } = 1_000_000;

    /// <summary>
    /// The largest body of a function, in bytes. Compiling one takes up to some 2 µs a byte and can't be interrupted, so
    /// this bounds how late an interrupt may come at a function's first call. Default 2 MiB.
    /// </summary>
    public int MaxFunctionBytes { get; init; } = 2 << 20;

    /// <summary>The most locals a function may have. Default 50,000.</summary>
    public int MaxLocals { get; init; } = 50_000;

    /// <summary>
    /// How many bytes of module binaries the cache of compiled modules may represent before the least recently used
    /// are let go; 0 turns the cache off. Default 64 MiB.
    /// </summary>
    public long CacheBytes { get; init; } = 64 << 20;

    /// <summary>How many bytes of cleaned memories are kept for reuse. Default 256 MiB.</summary>
    public long PooledMemoryBytes { get; init; } = 256 << 20;
}
