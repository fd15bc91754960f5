using ClawGrains.Embedded.Copying;
using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>The grain's side of a sequence. All but <see cref="Cancel"/> and <see cref="EndAsync"/> run in the grain's turns.</summary>
internal sealed class SequenceSource<T>(SequenceRequest<T> request)
{
    internal Guid Id { get; } = Guid.NewGuid();

    internal SequenceRequest<T> Request => request;

    internal CancellationToken Cancellation => _cancel.Token;

    private readonly CancellationTokenSource _cancel = new();
    private IAsyncEnumerator<T>? _enumerator;
    private CancellationTokenRegistration _ending;
    private Task<bool>? _pending;

    internal Activation? Activation { get; private set; }

    internal void Cancel() => _cancel.Cancel();

    /// <summary>The items that are there, at least one unless the sequence ends.</summary>
    internal async Task<SequenceBatch<T>> PullAsync(Activation activation)
    {
        _enumerator ??= Begin(activation);
        var items = new List<T>();
        while (items.Count < request.MaxBatchSize)
        {
            _pending ??= _enumerator.MoveNextAsync().AsTask();
            if (!_pending.IsCompletedSuccessfully && items.Count > 0)
                break;
            if (!await WaitAsync(_pending, activation))
                return new(items, true);
            _pending = null;
            items.Add(DeepCopy.Of(_enumerator.Current));
        }
        return new(items, false);
    }

    /// <summary>Ends the enumeration where it runs.</summary>
    internal async Task EndAsync()
    {
        if (Activation is not { } activation || _enumerator is null)
            return;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        activation.Post(() => _ = DisposeAsync(ended));
        await ended.Task.ConfigureAwait(false);
    }

    internal static EnumerationAbortedException Aborted(GrainId id) =>
        new($"Enumeration aborted: the activation of {id} that produced the sequence has ended.");

    private static async Task<bool> WaitAsync(Task<bool> pending, Activation activation)
    {
        try
        {
            return await pending;
        }
        catch (OperationCanceledException) when (activation.Ending.IsCancellationRequested)
        {
            throw Aborted(activation.GrainId);
        }
    }

    private IAsyncEnumerator<T> Begin(Activation activation)
    {
        Activation = activation;
        _ending = activation.Ending.UnsafeRegister(static source => ((SequenceSource<T>)source!).Cancel(), this);
        return request.InvokeOn(activation.GrainInstance!).GetAsyncEnumerator(_cancel.Token);
    }

    private async Task DisposeAsync(TaskCompletionSource ended)
    {
        try
        {
            _ending.Unregister();
            await _cancel.CancelAsync();
            await FinishPendingAsync();
            await _enumerator!.DisposeAsync();
            ended.SetResult();
        }
        catch (Exception e)
        {
            ended.SetException(e);
        }
    }

    /// <summary>An iterator can't be disposed while it moves.</summary>
    private async Task FinishPendingAsync()
    {
        if (_pending is not null)
            await _pending.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
