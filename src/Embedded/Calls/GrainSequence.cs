using ClawGrains.Embedded.Proxies;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>A sequence that a grain method returns: the method runs when it is enumerated.</summary>
internal sealed class GrainSequence<T>(GrainReference target, GrainMethod method, object?[] arguments) : IAsyncEnumerable<T>
{
    internal int MaxBatchSize { get; set; } = 100;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var own = (object?[])arguments.Clone();
        method.CopyArguments(own);
        return new GrainEnumerator<T>(target, new SequenceSource<T>(new SequenceRequest<T>(method, own, MaxBatchSize)), cancellationToken);
    }
}
