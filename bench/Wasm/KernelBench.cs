using ClawGrains.Wasm.Bench.Contenders;

namespace ClawGrains.Wasm.Bench;

/// <summary>Medians and minima of one kernel in milliseconds by contender, and whether all agreed on the checksum.</summary>
internal sealed record KernelResult(
    string Kernel, IReadOnlyDictionary<string, double> Milliseconds, IReadOnlyDictionary<string, double> Best, bool Agreed)
{
    /// <summary>One contender's median to another's; null when one of them is missing.</summary>
    public double? Ratio(string of, string to) => Ratio(Milliseconds, of, to);

    /// <summary>The same of their fastest runs, which a busy machine disturbs less.</summary>
    public double? BestRatio(string of, string to) => Ratio(Best, of, to);

    private static double? Ratio(IReadOnlyDictionary<string, double> times, string of, string to) =>
        times.TryGetValue(of, out var a) && times.TryGetValue(to, out var b) ? a / b : null;
}

/// <summary>Runs a kernel in all contenders by turns, so that a busy machine is busy for all of them.</summary>
internal static class KernelBench
{
    public const string Native = "native", V8 = "V8", Ours = "ours", Metered = "metered";
    private const int WarmUps = 3;

    public static KernelResult Run(Kernel kernel, int rounds)
    {
        var contenders = Contenders(kernel).ToArray();
        try
        {
            var times = contenders.ToDictionary(c => c.Name, _ => new List<double>());
            var sums = new HashSet<ulong>();
            for (var round = -WarmUps; round < rounds; round++)
                foreach (var contender in contenders)
                {
                    var measured = contender.Run(kernel.Size);
                    sums.Add(measured.Checksum);
                    if (round >= 0) times[contender.Name].Add(measured.Milliseconds);
                }
            return new KernelResult(
                kernel.Name, times.ToDictionary(t => t.Key, t => Statistics.Median(t.Value)), times.ToDictionary(t => t.Key, t => t.Value.Min()), sums.Count == 1);
        }
        finally
        {
            foreach (var contender in contenders) contender.Dispose();
        }
    }

    private static IEnumerable<Contender> Contenders(Kernel kernel)
    {
        var module = File.ReadAllBytes(kernel.WasmFile);
        if (Toolchain.Gcc is not null) yield return new ProcessContender(Native, Toolchain.BuildNative(kernel));
        if (Toolchain.Node is { } node) yield return new ProcessContender(V8, node, Toolchain.Script("kernel.mjs"), kernel.WasmFile);
        yield return new EngineContender(Ours, module, new EngineOptions());
        yield return new EngineContender(Metered, module, new EngineOptions { Metering = true });
    }
}
