using ClawGrains.Embedded.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>A request for the next items. It may begin whatever else is in progress, as in Orleans.</summary>
internal sealed class SequencePull<T> : Work
{
    private readonly SequenceSource<T> _source;
    private readonly TaskCompletionSource<(List<T> Items, bool Ended)> _batch = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SequencePull(SequenceSource<T> source) => (_source, Interleave) = (source, true);

    internal Task<(List<T> Items, bool Ended)> Batch => _batch.Task;

    internal override bool IsBound => _source.Activation is not null;

    internal override void Start(Activation activation)
    {
        AmbientValues.Current = Values;
        _ = RunAsync(activation);
    }

    internal override void Reject(Exception reason) => _batch.TrySetException(reason);

    private async Task RunAsync(Activation activation)
    {
        try
        {
            var batch = await _source.PullAsync(activation);
            activation.Finished(this);
            _batch.TrySetResult(batch);
        }
        catch (Exception e)
        {
            activation.Finished(this);
            _batch.TrySetException(e);
        }
    }
}
