namespace ClawGrains.Wasm.Bench;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The geometric mean of those that are there; null when none is.</summary>
    public static double? Mean(IEnumerable<double?> ratios)
    {
        var known = ratios.OfType<double>().ToArray();
        return known.Length == 0 ? null : Math.Exp(known.Average(Math.Log));
    }
}
