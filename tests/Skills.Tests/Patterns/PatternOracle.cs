namespace ClawGrains.Skills.Tests.Patterns;

/// <summary>The definition of a repeated sequence, written down without any thought of speed: one letter is one call.</summary>
internal static class PatternOracle
{
    public static string Window(string calls) => calls.Length <= 30 ? calls : calls[^30..];

    /// <summary>The most occurrences without overlap, by trying to take or leave each place.</summary>
    public static int Count(string sequence, string calls)
    {
        var best = new int[calls.Length + 1];
        for (var end = 1; end <= calls.Length; end++)
        {
            best[end] = best[end - 1];
            if (end >= sequence.Length && calls[(end - sequence.Length)..end] == sequence)
                best[end] = Math.Max(best[end], best[end - sequence.Length] + 1);
        }
        return best[calls.Length];
    }

    public static bool IsLoop(string sequence) => (sequence + sequence).IndexOf(sequence, 1, StringComparison.Ordinal) < sequence.Length;

    public static bool IsExplained(string sequence, IEnumerable<string> reported) =>
        reported.Any(r => string.Concat(Enumerable.Repeat(r, 12)).Contains(sequence, StringComparison.Ordinal));

    /// <summary>Every frequent sequence of the window that nothing reported explains.</summary>
    public static IEnumerable<string> Unexplained(string calls, IReadOnlyList<string> reported)
    {
        var window = Window(calls);
        return Enumerable.Range(2, 9)
            .SelectMany(length => Enumerable.Range(0, Math.Max(0, window.Length - length + 1)).Select(at => window.Substring(at, length)))
            .Distinct()
            .Where(s => !IsLoop(s) && Count(s, window) >= 3 && !IsExplained(s, reported));
    }
}
