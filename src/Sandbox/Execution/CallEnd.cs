namespace ClawGrains.Sandbox.Execution;

/// <summary>
/// Sources of the tokens that end calls, each thread's last one kept for its next call: the timer in one costs as much
/// as a short guest.
/// </summary>
internal static class CallEnd
{
    [ThreadStatic]
    private static CancellationTokenSource? kept;

    /// <summary>A source that is cancelled after a time.</summary>
    public static CancellationTokenSource Take(TimeSpan limit, TimeProvider time)
    {
        if (time != TimeProvider.System) return new CancellationTokenSource(limit, time);
        var source = kept ?? new CancellationTokenSource();
        kept = null;
        source.CancelAfter(limit);
        return source;
    }

    /// <summary>Takes one back. It must not be kept where others may still hold its token.</summary>
    public static void Return(CancellationTokenSource source, bool mayKeep)
    {
        if (mayKeep && kept is null && source.TryReset()) kept = source;
        else source.Dispose();
    }
}
