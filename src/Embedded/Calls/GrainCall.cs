using ClawGrains.Embedded.Copying;
using ClawGrains.Embedded.Proxies;
using ClawGrains.Embedded.Runtime;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace ClawGrains.Embedded.Calls;

/// <summary>A call of a grain's method, from the caller's side to the callee's and back.</summary>
internal abstract partial class GrainCall : Work, IFilteredRequest
{
    /// <summary>Up to here a call has a timer of its own; longer ones are looked at once a second, so that they cost none.</summary>
    private static readonly TimeSpan PreciseTimeout = TimeSpan.FromSeconds(5);

    private CallCancellation? _cancellation;
    private ITimer? _timer;

    protected GrainCall(GrainReference target, GrainMethod method, object?[] arguments)
    {
        (Target, Method, Arguments) = (target, method, arguments);
        Interleave = method.Interleave;
        ReadOnly = method.ReadOnly;
        Source = RuntimeContext.Current is { IsObserver: false } caller ? caller : null;
    }

    internal GrainReference Target { get; }

    internal GrainMethod Method { get; }

    internal object?[] Arguments { get; }

    /// <summary>The activation that calls; null for a client.</summary>
    internal Activation? Source { get; }

    /// <summary>The side that calls: for a grain the silo, whoever made the reference.</summary>
    internal GrainRuntime Caller => Source is null ? Target.Runtime : Source.Silo.Runtime;

    /// <summary>When the caller gives up, in <see cref="TimeProvider.GetTimestamp"/> units.</summary>
    internal long Deadline { get; private set; }

    /// <summary>Whether the caller has its answer, or has stopped to wait for one.</summary>
    internal abstract bool IsAnswered { get; }

    internal abstract object? Result { get; set; }

    protected TimeSpan Timeout => Method.Timeout ?? Caller.ResponseTimeout;

    /// <summary>Copies what the caller could still change, and sends.</summary>
    protected void Deliver()
    {
        Method.CopyArguments(Arguments);
        Values = AmbientValues.Export();
        var silo = Target.Runtime.Silo;
        silo.Admit(this);
        SetDeadline(silo.Time);
        if (Method.CancellationIndex >= 0 && Arguments[Method.CancellationIndex] is CancellationToken { CanBeCanceled: true } token)
            _cancellation = new(this, token);
        Target.Deliver(this);
    }

    private void SetDeadline(TimeProvider time)
    {
        var timeout = Timeout;
        Deadline = timeout == System.Threading.Timeout.InfiniteTimeSpan || Method.OneWay
            ? long.MaxValue
            : time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
        if (timeout <= PreciseTimeout && Deadline != long.MaxValue)
            _timer = time.CreateTimer(static call => ((GrainCall)call!).TimeOut(), this, timeout, System.Threading.Timeout.InfiniteTimeSpan);
    }

    internal override void Start(Activation activation)
    {
        if (IsAnswered)
        {
            activation.Finished(this);
            return;
        }
        _cancellation?.Started(activation);
        if (activation.Target is not { } grain)
        {
            Done(activation, new OrleansMessageRejectionException($"{activation.GrainId} has been collected: keep a reference to the observer for as long as it is to be called."));
            return;
        }
        AmbientValues.Current = Values;
        if (activation.Silo.IncomingFilters.Length > 0 || activation.Class.FiltersItself)
            _ = InvokeFilteredAsync(activation, grain);
        else
            InvokeDirectly(activation, grain);
    }

    internal override void Reject(Exception reason)
    {
        Release();
        Fail(reason);
    }

    internal void TimeOut()
    {
        Fail(new TimeoutException($"Response did not arrive on time in {Timeout} for the call of {Target.GrainId} {Method.Interface.Name}.{Method.Name}."));
        if (Caller.CancelOnTimeout)
            _cancellation?.Cancel();
    }

    /// <summary>The caller's token was cancelled: it stops to wait, whatever the callee does.</summary>
    internal abstract void Cancelled(CancellationToken token);

    protected abstract void Fail(Exception reason);

    /// <summary>Takes the result from the task of the method, and copies it.</summary>
    internal abstract void TakeResult(Task task);

    /// <summary>Hands the result to the caller.</summary>
    protected abstract void Answer();

    private void InvokeDirectly(Activation activation, object grain)
    {
        Task task;
        try
        {
            task = (Task)Method.Invoke(grain, Arguments);
        }
        catch (Exception e)
        {
            Done(activation, e);
            return;
        }
        if (task.IsCompletedSuccessfully)
            Done(activation, task);
        else
            _ = AwaitAsync(activation, task);
    }

    private async Task AwaitAsync(Activation activation, Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e)
        {
            Done(activation, e);
            return;
        }
        Done(activation, task);
    }

    private async Task InvokeFilteredAsync(Activation activation, object grain)
    {
        try
        {
            await new IncomingCallContext(this, activation, grain).Invoke();
        }
        catch (Exception e)
        {
            Done(activation, e);
            return;
        }
        Done(activation, (Task?)null);
    }

    /// <summary>The activation is free before the caller goes on, so that what the caller does next finds it so.</summary>
    private void Done(Activation activation, Task? task)
    {
        try
        {
            if (task is not null)
                TakeResult(task);
        }
        catch (Exception e)
        {
            Done(activation, e);
            return;
        }
        Release();
        activation.Finished(this);
        Answer();
    }

    private void Done(Activation activation, Exception failure)
    {
        Release();
        if (failure is InconsistentStateException { IsSourceActivation: true } inconsistent)
        {
            inconsistent.IsSourceActivation = false;
            activation.Deactivate(new(DeactivationReasonCode.ApplicationError, failure, "The grain let an inconsistent state escape."));
        }
        if (Method.OneWay)
            activation.Silo.Log.OneWayCallFailed(activation.GrainId, Method.Interface.Name, Method.Name, failure);
        activation.Finished(this);
        Fail(Failures.Sent(failure));
    }

    private void Release()
    {
        _cancellation?.Dispose();
        _timer?.Dispose();
    }
}
