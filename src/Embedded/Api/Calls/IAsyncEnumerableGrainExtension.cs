using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>
/// How sequences are fetched. Never called by name: it is what call filters see of a method that returns
/// <see cref="IAsyncEnumerable{T}"/>, with the call of the method itself as an argument.
/// </summary>
public interface IAsyncEnumerableGrainExtension
{
    /// <summary>Calls the method and takes the first items.</summary>
    [AlwaysInterleave]
    ValueTask<(EnumerationResult Status, object Value)> StartEnumeration<T>(
        Guid requestId, [Immutable] IAsyncEnumerableRequest<T> request, CancellationToken cancellationToken);

    /// <summary>Takes the next items.</summary>
    [AlwaysInterleave]
    ValueTask<(EnumerationResult Status, object Value)> MoveNext<T>(Guid requestId, CancellationToken cancellationToken);
}

/// <summary>The call of a method that returns a sequence.</summary>
public interface IAsyncEnumerableRequest<T> : IInvokable
{
    /// <summary>The greatest number of items that are taken at once.</summary>
    int MaxBatchSize { get; set; }
}

/// <summary>What a step of a sequence gave.</summary>
[Flags]
public enum EnumerationResult
{
    /// <summary>Items, and there may be more.</summary>
    Batch = 1 << 2,

    /// <summary>The end.</summary>
    Completed = 1 << 3,

    /// <summary>The last items.</summary>
    CompletedWithBatch = Completed | Batch,
}
