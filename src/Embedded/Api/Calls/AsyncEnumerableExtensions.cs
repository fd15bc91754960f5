using ClawGrains.Embedded.Calls;

namespace Orleans.Runtime;

/// <summary>Sequences that grains return.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>Sets how many items at most travel at once (100 by default). Has an effect on sequences returned by grain references only.</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        if (self is GrainSequence<T> sequence)
            sequence.MaxBatchSize = maxBatchSize;
        return self;
    }
}
