using ClawGrains.Fuzz.Wasm.Generation;
using ClawGrains.Wasm;
using ClawGrains.Wasm.Runtime;

namespace ClawGrains.Fuzz.Wasm.Differential;

/// <summary>What could be seen of a module's run, in the words of <c>oracle.mjs</c>.</summary>
internal sealed record Observation(IReadOnlyList<string> Lines, long FuelUsed);

/// <summary>Runs a generated module's plan in our engine.</summary>
/// <param name="options">The engine's.</param>
/// <param name="hot">Whether all that is called is compiled as it would be after many turns.</param>
internal sealed class EngineExecutor(EngineOptions options, bool hot = false) : IDisposable
{
    private const int ElementsLookedAt = 21;
    private readonly Engine _engine = new(options);

    /// <summary>Whether fuel is counted.</summary>
    public bool IsMetered => options.Metering;

    public void Dispose() => _engine.Dispose();

    /// <summary>Runs the plan with so much fuel; an exception that is no trap is part of what was seen.</summary>
    public Observation Run(GeneratedModule module, long fuel = long.MaxValue)
    {
        using var store = new Store(_engine) { Fuel = fuel };
        try
        {
            return Run(store, module, fuel);
        }
#pragma warning disable CA1031 // Any exception here is a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new Observation([$"rejected: {e.GetType().Name}: {e.Message}"], 0);
        }
    }

    private Observation Run(Store store, GeneratedModule module, long fuel)
    {
        var host = new Host(store);
        var instance = store.Instantiate(_engine.Compile(module.Bytes), host.Imports);
        if (hot) BulkMemory.StopTracking(instance);
        var lines = new List<string>();
        foreach (var c in module.Calls)
            lines.Add($"{c.Export}({string.Join(',', c.Arguments)}) = {Call(instance, c.Export, c.Arguments)}");
        var used = fuel - store.Fuel;
        store.Fuel = long.MaxValue;
        foreach (var table in new[] { "functions", "objects" })
            lines.Add($"{table} = {string.Concat(Enumerable.Range(0, ElementsLookedAt).Select(i => Call(instance, table, [i])))}");
        lines.Add($"trace = {host.Hash}");
        lines.Add($"memory = {MemoryOf(instance.GetMemory("memory"))}");
        if (instance.Find("memory2") is Memory second) lines.Add($"memory2 = {MemoryOf(second)}");
        return new Observation(lines, used);
    }

    private static string Call(Instance instance, string name, IReadOnlyList<long> arguments)
    {
        try
        {
            var results = instance.GetFunction(name).Call([.. arguments.Select(Value.I64)]);
            return string.Join(',', results.Select(r => (ulong)r.AsI64()));
        }
        catch (TrapException e)
        {
            return $"trap: {NameOf(e.Kind)}";
        }
#pragma warning disable CA1031 // Any exception here is a finding.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"crash: {e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>V8 tells fewer kinds apart than the specification does.</summary>
    private static string NameOf(TrapKind kind) => kind switch
    {
        TrapKind.Unreachable => "unreachable",
        TrapKind.MemoryOutOfBounds => "out of bounds memory access",
        TrapKind.TableOutOfBounds or TrapKind.UndefinedElement => "out of bounds table access",
        TrapKind.UninitializedElement or TrapKind.IndirectCallTypeMismatch => "indirect call",
        TrapKind.IntegerDivideByZero => "integer divide by zero",
        TrapKind.IntegerOverflow or TrapKind.InvalidConversionToInteger => "integer overflow",
        TrapKind.CallStackExhausted => "call stack exhausted",
        _ => kind.ToString(),
    };

    private static string MemoryOf(Memory memory)
    {
        var hash = 0x811c9dc5u;
        foreach (var b in memory.Read(0, (uint)memory.Size)) hash = (hash ^ b) * 0x01000193;
        return $"{memory.Size}:{hash}";
    }

    /// <summary>The imports that every generated module has.</summary>
    private sealed class Host
    {
        private static readonly object Any = new();

        public Host(Store store) => Imports = new Imports()
            .Add("h", "trace", Function.FromDelegate(store, (Action<long>)Trace))
            .Add("h", "mix", Function.FromDelegate(store, (Func<long, long, long>)((a, b) => unchecked((a * 31) ^ (b + 7)))))
            .Add("h", "object", new Global(store, new GlobalType(ValueKind.ExternRef, false), Value.ExternRef(Any)));

        public Imports Imports { get; }

        public ulong Hash { get; private set; } = 0xcbf29ce484222325;

        private void Trace(long value) => Hash = unchecked((Hash ^ (ulong)value) * 0x100000001b3);
    }
}
