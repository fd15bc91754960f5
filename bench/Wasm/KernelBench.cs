using ClawGrains.Wasm.Bench.Contenders;

namespace ClawGrains.Wasm.Bench;

/// <summary>What every round of one kernel took, in milliseconds by contender, and whether all agreed on the checksum.</summary>
internal sealed record KernelResult(string Kernel, IReadOnlyDictionary<string, double[]> Rounds, bool Agreed)
{
    /// <summary>Medians.</summary>
    public IReadOnlyDictionary<string, double> Milliseconds { get; } = Rounds.ToDictionary(r => r.Key, r => Statistics.Median(r.Value));

    /// <summary>The fastest.</summary>
    public IReadOnlyDictionary<string, double> Best { get; } = Rounds.ToDictionary(r => r.Key, r => r.Value.Min());

    /// <summary>The median of the ratios that two contenders had in each round; null when one of them is missing.</summary>
    public double? Ratio(string of, string to) => Rounds.TryGetValue(of, out var a) && Rounds.TryGetValue(to, out var b)
        ? Statistics.Median(a.Zip(b, (x, y) => x / y)) : null;

    /// <summary>The ratio of their fastest runs, which a busy machine disturbs less.</summary>
    public double? BestRatio(string of, string to) => Best.TryGetValue(of, out var a) && Best.TryGetValue(to, out var b) ? a / b : null;
}

/// <summary>
/// Runs a kernel in all contenders by turns, so that a busy machine is busy for all of them. The processors of a machine
/// shared with others change their speed, each for itself: all runs of a round are on the same one, the next round's on
/// the next, in the opposite order.
/// </summary>
internal static class KernelBench
{
    public const string Native = "native", V8 = "V8", Ours = "ours", Metered = "metered";
    private const int WarmUps = 3;

    public static KernelResult Run(Kernel kernel, int rounds)
    {
        var contenders = Contenders(kernel).ToArray();
        try
        {
            var times = contenders.ToDictionary(c => c.Name, _ => new double[rounds]);
            var sums = new HashSet<ulong>();
            for (var round = -WarmUps; round < rounds; round++)
                foreach (var contender in round % 2 == 0 ? contenders : contenders.Reverse())
                {
                    Processors.Pin(contender.Process, round + WarmUps);
                    var measured = contender.Run(kernel.Size);
                    sums.Add(measured.Checksum);
                    if (round >= 0) times[contender.Name][round] = measured.Milliseconds;
                }
            return new KernelResult(kernel.Name, times, sums.Count == 1);
        }
        finally
        {
            Processors.Free();
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
