using ClawGrains.Embedded.Copying;
using ClawGrains.Embedded.Proxies;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Calls;

/// <summary>A call with its result.</summary>
internal sealed class GrainCall<T>(GrainReference target, GrainMethod method, object?[] arguments) : GrainCall(target, method, arguments)
{
    // Whoever waits goes on in its own turn or thread, never within the callee's.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    internal override bool IsAnswered => _answer.Task.IsCompleted && !Method.OneWay;

    internal override object? Result { get => _result is NoResult ? null : _result; set => _result = value is null ? default : (T)value; }

    internal Task<T> Send()
    {
        if (Caller.OutgoingFilters.Length > 0)
            return SendFilteredAsync();
        return SendDirectly();
    }

    internal Task<T> SendDirectly()
    {
        Deliver();
        if (Method.OneWay)
            _answer.TrySetResult(default!);
        return _answer.Task;
    }

    internal override void TakeResult(Task task)
    {
        if (typeof(T) == typeof(NoResult))
            return;
#pragma warning disable VSTHRD002 // The task has ended.
        var result = ((Task<T>)task).Result;
#pragma warning restore VSTHRD002
        _result = Method.IsResultShared ? result : DeepCopy.Of(result);
    }

    internal override void Cancelled(CancellationToken token) => _answer.TrySetCanceled(token);

    protected override void Answer() => _answer.TrySetResult(_result!);

    protected override void Fail(Exception reason) => _answer.TrySetException(reason);

    private async Task<T> SendFilteredAsync()
    {
        await new OutgoingCallContext(this, Caller, SendThroughAsync).Invoke().ConfigureAwait(false);
        return _result!;
    }

    private async Task SendThroughAsync() => _result = await SendDirectly().ConfigureAwait(false);
}
