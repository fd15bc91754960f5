namespace ClawGrains.Wasm.Bench;

/// <summary>Milliseconds and the ratios that are promised.</summary>
internal static class KernelTable
{
    private static readonly (string Heading, string Of, string To)[] Ratios =
    [
        ("ours/V8", KernelBench.Ours, KernelBench.V8), ("metered/ours", KernelBench.Metered, KernelBench.Ours),
        ("V8/native", KernelBench.V8, KernelBench.Native), ("ours/native", KernelBench.Ours, KernelBench.Native),
        ("metered/native", KernelBench.Metered, KernelBench.Native),
    ];

    private static readonly string[] Columns = [KernelBench.Native, KernelBench.V8, KernelBench.Ours, KernelBench.Metered];

    public static void WriteHeading(TextWriter output) => output.WriteLine(
        $"{"kernel, ms",-16}{string.Concat(Columns.Select(c => $"{c,9}"))}{string.Concat(Ratios.Select(r => $"{r.Heading,15}"))}");

    public static void WriteRow(TextWriter output, KernelResult result)
    {
        var times = Columns.Select(c => result.Milliseconds.TryGetValue(c, out var ms) ? $"{ms,9:F2}" : $"{"-",9}");
        var ratios = Ratios.Select(r => Ratio(result, r.Of, r.To) is { } x ? $"{x,15:F2}" : $"{"-",15}");
        output.WriteLine($"{result.Kernel,-16}{string.Concat(times)}{string.Concat(ratios)}{(result.Agreed ? "" : "  CHECKSUMS DIFFER")}");
    }

    public static void WriteMeans(TextWriter output, IReadOnlyCollection<KernelResult> results)
    {
        var means = Ratios.Select(r => results.Select(x => Ratio(x, r.Of, r.To)).OfType<double>().ToArray())
            .Select(all => all.Length == 0 ? $"{"-",15}" : $"{Statistics.GeometricMean(all),15:F2}");
        output.WriteLine($"{"geometric mean",-16}{new string(' ', 9 * Columns.Length)}{string.Concat(means)}");
    }

    private static double? Ratio(KernelResult result, string of, string to) =>
        result.Milliseconds.TryGetValue(of, out var a) && result.Milliseconds.TryGetValue(to, out var b) ? a / b : null;
}
