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

    public static string Of(Border border) => Text(
        Beyond(border.HostToGuest, 5, "ns host to guest"), Beyond(border.GuestToHost, 5, "ns guest to host"),
        Beyond(border.Instance, 3, "µs an instance"), Beyond(border.FirstCall, 15, "ms to the first call"));

    /// <summary>Of an interrupt's latency in milliseconds.</summary>
    public static string OfLatency(double milliseconds) => Text(Beyond(milliseconds, 10, "ms"));

    public static string OfLive(MemoryUse use) => Text(Beyond(use.AfterMB - use.BeforeMB, 1536, "MB"));

    // Some pages more or less are the collector's business.
    public static string OfChurn(MemoryUse use) => Text(Beyond(use.AfterMB - use.BeforeMB, 16, "MB more"));

    private static string? Beyond(double figure, double most, string unit) =>
        figure > most ? FormattableString.Invariant($"over {most} {unit}") : null;

    private static string? Within(double? ratio, double most, string reference) =>
        ratio > most ? FormattableString.Invariant($"over {most} of {reference}") : null;

    private static string Text(params string?[] missed) =>
        missed.All(m => m is null) ? "ok" : "MISSED: " + string.Join(", ", missed.OfType<string>());
}
