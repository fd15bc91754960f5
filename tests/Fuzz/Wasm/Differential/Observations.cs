namespace ClawGrains.Fuzz.Wasm.Differential;

/// <summary>Compares what two engines were seen to do.</summary>
internal static class Observations
{
    /// <summary>The first line that differs, or null.</summary>
    public static string? Difference(string nameA, IReadOnlyList<string> a, string nameB, IReadOnlyList<string> b)
    {
        var faults = a.Concat(b).FirstOrDefault(l => l.Contains("crash:") || l.StartsWith("rejected:", StringComparison.Ordinal));
        if (faults is not null) return faults;
        for (var i = 0; i < Math.Max(a.Count, b.Count); i++)
            if (At(a, i) != At(b, i)) return $"{nameA}: {At(a, i)} | {nameB}: {At(b, i)}";
        return null;
    }

    private static string At(IReadOnlyList<string> lines, int i) => i < lines.Count ? lines[i] : "nothing";
}
