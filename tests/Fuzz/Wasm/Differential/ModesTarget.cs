using ClawGrains.Fuzz.Wasm.Generation;
using ClawGrains.Wasm;

namespace ClawGrains.Fuzz.Wasm.Differential;

/// <summary>Generated modules in every mode of the engine: all must be seen to do the same, and use the same fuel.</summary>
/// <param name="kind">What the modules are to try.</param>
internal sealed class ModesTarget(ModuleKind kind = ModuleKind.Plain) : FuzzTarget
{
    private readonly (string Name, EngineExecutor Executor)[] _modes =
        Modes(new EngineOptions { Features = kind == ModuleKind.Extended ? WasmFeatures.All : WasmFeatures.None, CacheBytes = 0 }, hot: kind == ModuleKind.Loops);

    public override string Name => kind switch
    {
        ModuleKind.Extended => "wasm-exceptions",
        ModuleKind.Loops => "wasm-loops",
        _ => "wasm-modes",
    };

    public override string Summary => kind switch
    {
        ModuleKind.Extended => "the same as wasm-modes with exceptions and two memories",
        ModuleKind.Loops => "the same as wasm-modes with loops at the memory's edges, and hot against cold",
        _ => "generated modules, metered against unmetered and lazy against eager",
    };

    private static (string, EngineExecutor)[] Modes(EngineOptions plain, bool hot) =>
    [
        ("unmetered lazy", new(plain)),
        ("unmetered eager", new(plain with { EagerCompilation = true })),
        ("metered lazy", new(plain with { Metering = true })),
        ("metered eager", new(plain with { Metering = true, EagerCompilation = true }, hot)),
        .. hot ? (ReadOnlySpan<(string, EngineExecutor)>)[("unmetered hot", new(plain, hot))] : [],
    ];

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        var module = new ModuleGenerator(seed, kind).Generate();
        var seen = _modes.Select(m => (m.Name, Observation: m.Executor.Run(module))).ToArray();
        var what = seen.Skip(1)
            .Select(s => Observations.Difference(seen[0].Name, seen[0].Observation.Lines, s.Name, s.Observation.Lines))
            .Append(FuelDifference(module, seen[2].Observation, seen[3].Observation))
            .FirstOrDefault(d => d is not null);
        return what is null ? [] : [new Finding(seed, what, module.Bytes)];
    }

    /// <summary>Both metered modes use the same, and with half of it both stop at the same place.</summary>
    private string? FuelDifference(GeneratedModule module, Observation lazy, Observation eager)
    {
        if (lazy.FuelUsed != eager.FuelUsed) return $"fuel: {lazy.FuelUsed} lazy, {eager.FuelUsed} eager";
        var half = lazy.FuelUsed / 2;
        return Observations.Difference(
            $"metered lazy with {half} fuel", _modes[2].Executor.Run(module, half).Lines,
            $"metered eager with {half} fuel", _modes[3].Executor.Run(module, half).Lines);
    }
}
