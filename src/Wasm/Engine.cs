using ClawGrains.Wasm.Compilation;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Wasm;

/// <summary>
/// Compiles modules and owns what they share: canonical types, the cache of compiled modules and the pool of cleaned
/// memories. Safe for any number of threads. One per process is usual.
/// </summary>
public sealed class Engine : IDisposable
{
    private readonly ModuleCache cache;

    /// <summary>An engine with the given options, or the defaults.</summary>
    public Engine(EngineOptions? options = null)
    {
        Options = options ?? new EngineOptions();
        Signatures = new SignatureTable(Options.Metering);
        cache = new ModuleCache(Options.CacheBytes);
        Memories = new MemoryPool(Options.PooledMemoryBytes);
    }

    /// <summary>The options the engine was made with.</summary>
    public EngineOptions Options { get; }

    internal SignatureTable Signatures { get; }

    internal MemoryPool Memories { get; }

    internal DelegateFactory Delegates { get; } = new();

    internal CodeCells CodeCells { get; } = new();

    /// <summary>
    /// Decodes and validates a module, or finds it in the cache by its content. Functions are compiled at their first
    /// call unless <see cref="EngineOptions.EagerCompilation"/> is set. The bytes are copied.
    /// Throws <see cref="DecodeException"/> or <see cref="ValidationException"/>.
    /// </summary>
    public Module Compile(ReadOnlySpan<byte> binary) => Compile(binary, WasmFeatures.None);

    /// <summary><see cref="Compile(ReadOnlySpan{byte})"/> that accepts more than the engine's <see cref="EngineOptions.Features"/>.</summary>
    public Module Compile(ReadOnlySpan<byte> binary, WasmFeatures additional)
    {
        var features = Options.Features | additional;
        var key = ModuleCache.Key(binary, features);
        if (cache.Find(key) is { } known) return known;
        var module = new Module(this, Module.Load(binary.ToArray(), Options with { Features = features }));
        if (Options.EagerCompilation) module.Code.CompileAll();
        cache.Add(key, module);
        return module;
    }

    /// <summary>Lets go of the cached modules and pooled memories. Modules and stores in use stay usable.</summary>
    public void Dispose()
    {
        cache.Clear();
        Memories.Close();
    }
}
