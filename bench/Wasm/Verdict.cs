namespace ClawGrains.Wasm.Bench;

/// <summary>The targets, and whether a figure meets them.</summary>
internal static class Verdict
{
    private const double ToV8 = 1.35, ToV8OnAverage = 1.15, ToUnmetered = 1.25;

    /// <summary>Of the medians; what is missed is named with its limit.</summary>
    public static string Of(KernelResult result) => !result.Agreed ? "CHECKSUMS DIFFER" : Text(
        Within(result.Ratio(KernelBench.Ours, KernelBench.V8), ToV8, "V8"),
        Within(result.Ratio(KernelBench.Metered, KernelBench.Ours), ToUnmetered, "ours"));

    public static string OfMean(IEnumerable<KernelResult> results) =>
        Text(Within(Statistics.Mean(results.Select(r => r.Ratio(KernelBench.Ours, KernelBench.V8))), ToV8OnAverage, "V8"));

    /// <summary>Of a figure in some unit.</summary>
    public static string Of(double figure, double most) => figure <= most ? "ok" : FormattableString.Invariant($"MISSED (at most {most})");

    private static string? Within(double? ratio, double most, string reference) =>
        ratio > most ? FormattableString.Invariant($"over {most} of {reference}") : null;

    private static string Text(params string?[] missed) =>
        missed.All(m => m is null) ? "ok" : "MISSED: " + string.Join(", ", missed.OfType<string>());
}
