namespace ClawGrains.Skills.Patterns;

/// <summary>What is asked of sequences of names.</summary>
internal static class ToolSequence
{
    /// <summary>Whether it is not a shorter sequence repeated, as A B A B is.</summary>
    public static bool IsPrimitive(ReadOnlySpan<string> sequence)
    {
        for (var period = 1; period <= sequence.Length / 2; period++)
            if (sequence.Length % period == 0 && HasPeriod(sequence, period)) return false;
        return true;
    }

    /// <summary>Whether making <paramref name="loop"/> over and over makes <paramref name="sequence"/> as well.</summary>
    public static bool IsPartOfLoop(ReadOnlySpan<string> sequence, ReadOnlySpan<string> loop)
    {
        for (var start = 0; start < loop.Length; start++)
            if (Follows(sequence, loop, start)) return true;
        return false;
    }

    /// <summary>
    /// The starts of as many occurrences as fit without overlap, the last ones first. Taking the last that fits is as good as
    /// any choice, as all are of one length.
    /// </summary>
    public static List<int> Occurrences(ReadOnlySpan<string> sequence, ReadOnlySpan<string> calls)
    {
        var starts = new List<int>();
        for (var at = calls.Length - sequence.Length; at >= 0;)
            if (calls.Slice(at, sequence.Length).SequenceEqual(sequence))
            {
                starts.Add(at);
                at -= sequence.Length;
            }
            else at--;
        return starts;
    }

    private static bool HasPeriod(ReadOnlySpan<string> sequence, int period) => sequence[period..].SequenceEqual(sequence[..^period]);

    private static bool Follows(ReadOnlySpan<string> sequence, ReadOnlySpan<string> loop, int start)
    {
        for (var i = 0; i < sequence.Length; i++)
            if (sequence[i] != loop[(start + i) % loop.Length]) return false;
        return true;
    }
}
