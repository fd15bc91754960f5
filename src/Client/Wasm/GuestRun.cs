using System.Collections.Immutable;
using System.Text.Json;
using ClawGrains.Wasm;

namespace ClawGrains.Client.Wasm;

/// <summary>What to run and within which limits.</summary>
internal sealed record GuestCall
{
    public required ReadOnlyMemory<byte> Module { get; init; }

    /// <summary>The function to call; null calls <c>_start</c> where there is one.</summary>
    public string? Function { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Units of fuel; null is no limit and no counting. Default null.</summary>
    public long? Fuel { get; init; }

    /// <summary>Bytes of linear memory; null is the engine's own limit. Default null.</summary>
    public long? Memory { get; init; }

    /// <summary>Wall clock; null is no limit. Default null.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>Runs one call in an engine of its own and turns every outcome into a report.</summary>
internal static class GuestRun
{
    private const int NamesListed = 10;

    public static RunReport Run(GuestCall call, CancellationToken cancellationToken)
    {
        using var engine = new Engine(new EngineOptions { Metering = call.Fuel is not null, CacheBytes = 0, Features = WasmFeatures.All });
        using var store = new Store(engine, Limits(call)) { Fuel = call.Fuel ?? long.MaxValue };
        using var cancelled = cancellationToken.Register(() => store.Interrupt("cancelled"));
        using var timer = call.Timeout is { } timeout ? store.InterruptAfter(timeout) : null;
        var (results, error) = Call(store, call);
        return new RunReport(results, call.Fuel - store.Fuel, error);
    }

    private static StoreLimits Limits(GuestCall call) =>
        call.Memory is { } bytes ? StoreLimits.Default with { MemoryBytes = bytes } : StoreLimits.Default;

    private static (ImmutableArray<TypedValue> Results, RunError? Error) Call(Store store, GuestCall call)
    {
        try
        {
            var instance = store.Instantiate(store.Engine.Compile(call.Module.Span));
            if (Find(instance, call.Function) is not { } function) return ([], Missing(instance, call.Function));
            var results = function.Call(Arguments(function.Type, call));
            return ([.. results.Select(r => new TypedValue(ValueText.Name(r.Kind), ValueText.Write(r)))], null);
        }
        catch (WasmException e)
        {
            return ([], Describe(e));
        }
        catch (FormatException e)
        {
            return ([], new RunError("usage", e.Message));
        }
    }

    private static Function? Find(Instance instance, string? name) => instance.Find(name ?? "_start") as Function;

    /// <summary>Without a name, a module that has no <c>_start</c> was run by instantiating it.</summary>
    private static RunError? Missing(Instance instance, string? name)
    {
        if (name is null) return null;
        var names = instance.Exports.Where(e => e.Value is Function).Select(e => e.Key).ToArray();
        var meant = NearNames.Find(name, names);
        var hint = meant is null ? "" : $"; did you mean '{meant}'?";
        return new RunError("usage", $"the module exports no function '{name}': {Listed(names)}{hint}");
    }

    private static string Listed(string[] names)
    {
        if (names.Length == 0) return "it exports none";
        var more = names.Length > NamesListed ? $" and {names.Length - NamesListed} more (claw wasm inspect lists them)" : "";
        return $"it has {string.Join(", ", names.Take(NamesListed))}{more}";
    }

    private static Value[] Arguments(FunctionType type, GuestCall call)
    {
        if (call.Arguments.Count != type.Parameters.Length)
            throw new FormatException($"'{call.Function ?? "_start"}' is {type} and got {call.Arguments.Count} argument{(call.Arguments.Count == 1 ? "" : "s")}");
        return [.. call.Arguments.Select((text, i) => ValueText.Parse(text, type.Parameters[i]))];
    }

    private static RunError Describe(WasmException e) => e switch
    {
        DecodeException => new RunError("malformed", $"not a module: {e.Message}"),
        ValidationException => new RunError("invalid", $"not valid: {e.Message}"),
        LinkException when e.Message.Contains("\"wasi_snapshot_preview1\"", StringComparison.Ordinal) || e.Message.Contains("\"wasi_unstable\"", StringComparison.Ordinal) =>
            new RunError("unlinkable", "can't be instantiated: it is a module for WASI Preview 1. Commands run as components for WASI 0.2; "
                + "make one of it with `wasm-tools component new --adapt` or `jco new --wasi-command`"),
        LinkException => new RunError("unlinkable", $"can't be instantiated: {e.Message}"),
        GuestException g => new RunError("trap", $"uncaught exception of type {g.Value.Tag.Type}", "uncaughtException"),
        TrapException t => new RunError("trap", $"trap: {e.Message}", JsonNamingPolicy.CamelCase.ConvertName(t.Kind.ToString())),
        _ => throw new InvalidOperationException($"BUG: {e.GetType().Name} has no description.", e),
    };
}
