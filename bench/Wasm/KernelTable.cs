namespace ClawGrains.Wasm.Bench;

/// <summary>Milliseconds, the ratios that are promised, and whether the promise holds.</summary>
internal static class KernelTable
{
    private static readonly (string Heading, string Of, string To)[] Ratios =
    [
        ("ours/V8", KernelBench.Ours, KernelBench.V8), ("metered/ours", KernelBench.Metered, KernelBench.Ours),
        ("V8/native", KernelBench.V8, KernelBench.Native), ("ours/native", KernelBench.Ours, KernelBench.Native),
        ("metered/native", KernelBench.Metered, KernelBench.Native),
    ];

    // The first ones again, of the fastest runs.
    private const int OfBest = 2;

    private static readonly string[] Columns = [KernelBench.Native, KernelBench.V8, KernelBench.Ours, KernelBench.Metered];

    public static void WriteHeading(TextWriter output) => output.WriteLine(
        $"{"kernel, ms",-16}{string.Concat(Columns.Select(c => $"{c,9}"))}{string.Concat(Ratios.Select(r => $"{r.Heading,15}"))}"
        + $"{string.Concat(Ratios.Take(OfBest).Select(r => $"{"best " + r.Heading,18}"))}  verdict");

    public static void WriteRow(TextWriter output, KernelResult result)
    {
        var times = Columns.Select(c => result.Milliseconds.TryGetValue(c, out var ms) ? $"{ms,9:F2}" : $"{"-",9}");
        var ratios = Ratios.Select(r => Cell(result.Ratio(r.Of, r.To), 15));
        var best = Ratios.Take(OfBest).Select(r => Cell(result.BestRatio(r.Of, r.To), 18));
        output.WriteLine($"{result.Kernel,-16}{string.Concat(times)}{string.Concat(ratios)}{string.Concat(best)}  {Verdict.Of(result)}");
    }

    public static void WriteMeans(TextWriter output, IReadOnlyCollection<KernelResult> results)
    {
        var means = Ratios.Select(r => Cell(Statistics.Mean(results.Select(x => x.Ratio(r.Of, r.To))), 15));
        var best = Ratios.Take(OfBest).Select(r => Cell(Statistics.Mean(results.Select(x => x.BestRatio(r.Of, r.To))), 18));
        output.WriteLine($"{"geometric mean",-16}{new string(' ', 9 * Columns.Length)}{string.Concat(means)}{string.Concat(best)}  {Verdict.OfMean(results)}");
    }

    private static string Cell(double? ratio, int width) => (ratio is { } x ? $"{x:F2}" : "-").PadLeft(width);
}
