using ClawGrains.Wasm.Bench.Contenders;

namespace ClawGrains.Wasm.Bench;

/// <summary>Medians of one kernel in milliseconds by contender, and whether all agreed on the checksum.</summary>
internal sealed record KernelResult(string Kernel, IReadOnlyDictionary<string, double> Milliseconds, bool Agreed);

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
            return new KernelResult(kernel.Name, times.ToDictionary(t => t.Key, t => Statistics.Median(t.Value)), sums.Count == 1);
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
