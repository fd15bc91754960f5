using ClawGrains.Embedded.Copying;
using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>A request for the next items. It may begin whatever else is in progress, as in Orleans.</summary>
internal sealed partial class SequencePull<T> : Work
{
    private readonly GrainReference _target;
    private readonly SequenceSource<T> _source;
    private readonly TaskCompletionSource<SequenceBatch<T>> _batch = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SequenceBatch<T> _result;

    internal SequencePull(GrainReference target, SequenceSource<T> source)
    {
        (_target, _source, Interleave) = (target, source, true);
        Source = RuntimeContext.Current is { IsObserver: false } caller ? caller : null;
        Values = AmbientValues.Export();
        _isFirst = source.Activation is null;
    }

    internal override bool IsBound => _source.Activation is not null;

    private GrainRuntime Caller => Source is null ? _target.Runtime : Source.Silo.Runtime;

    internal async Task<SequenceBatch<T>> SendAsync(CancellationToken token)
    {
        if (Caller.OutgoingFilters.Length == 0)
            return await SendDirectlyAsync(token).ConfigureAwait(false);
        await new OutgoingCallContext(this, Caller, async () => _result = await SendDirectlyAsync(token).ConfigureAwait(false)).Invoke().ConfigureAwait(false);
        return _result;
    }

    internal override void Start(Activation activation)
    {
        AmbientValues.Current = Values;
        _ = RunAsync(activation);
    }

    internal override void Reject(Exception reason) => _batch.TrySetException(reason);

    private Task<SequenceBatch<T>> SendDirectlyAsync(CancellationToken token)
    {
        _target.Runtime.Silo.Admit(this);
        if (_source.Activation is not { } activation)
            _target.Deliver(this);
        else if (!activation.Receive(this))
            throw SequenceSource<T>.Aborted(_target.GrainId);
        return _batch.Task.WaitAsync(token);
    }

    private async Task RunAsync(Activation activation)
    {
        try
        {
            if (activation.Silo.IncomingFilters.Length > 0 || activation.Class.FiltersItself)
                await new IncomingCallContext(this, activation, activation.GrainInstance!).Invoke();
            else
                _result = await _source.PullAsync(activation);
            activation.Finished(this);
            _batch.TrySetResult(_result);
        }
        catch (Exception e)
        {
            activation.Finished(this);
            _batch.TrySetException(Failures.Sent(e));
        }
    }
}
