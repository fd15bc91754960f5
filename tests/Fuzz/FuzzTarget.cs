using System.Diagnostics;

namespace ClawGrains.Fuzz;

/// <summary>An input that showed a fault.</summary>
internal sealed record Finding(ulong Seed, string What, byte[] Input);

/// <summary>What a run came to.</summary>
internal sealed record FuzzResult(long Inputs, IReadOnlyList<Finding> Findings);

/// <summary>Something that takes inputs made from seeds and must never go wrong.</summary>
internal abstract class FuzzTarget
{
    private const int MaxFindings = 20;

    public abstract string Name { get; }

    public abstract string Summary { get; }

    /// <summary>How many inputs are made and tried together.</summary>
    protected virtual int BatchSize => 1;

    /// <summary>Tries the inputs of <paramref name="count"/> seeds from <paramref name="seed"/> on.</summary>
    protected abstract IEnumerable<Finding> Try(ulong seed, int count);

    /// <summary>Runs until the count, the time or <see cref="MaxFindings"/> is reached.</summary>
    public FuzzResult Run(FuzzOptions options, Action<Finding>? found = null)
    {
        var (clock, findings, done) = (Stopwatch.StartNew(), new List<Finding>(), 0L);
        while (done < options.Count && clock.Elapsed.TotalMinutes < options.Minutes && findings.Count < MaxFindings)
        {
            var batch = (int)Math.Min(BatchSize, options.Count - done);
            foreach (var finding in Try(options.Seed + (ulong)done, batch))
            {
                findings.Add(finding);
                found?.Invoke(finding);
            }
            done += batch;
        }
        return new FuzzResult(done, findings);
    }
}
