using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace ClawGrains.GrainRuntime.Tests.Scheduling;

public interface IQueueGrain : IGrainWithStringKey
{
    Task Wait(string name);
    [AlwaysInterleave] Task Interleaving(string name);
    [ReadOnly] Task Read(string name);
    [OneWay] Task Forget(string name);
    Task<bool> StaysOnScheduler();
    Task<int> Overlaps(int calls);
    [ResponseTimeout("00:00:01")] Task CallBackThrough(IQueueGrain other, bool allowed);
    // Later than the call that leads to it, and soon enough that a chain which waits for itself does not keep the silo from stopping.
    [ResponseTimeout("00:00:02")] Task CallBack(IQueueGrain origin);
}

public interface IReentrantGrain : IQueueGrain;

public interface IPickyGrain : IQueueGrain;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<Guid> Wait(string probe, string name);
}

/// <summary>Says when a call begins and ends, and ends it when the test opens its gate.</summary>
public abstract class QueueGrainBase : Grain
{
    private int _inTurn;
    private int _overlaps;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public async Task Wait(string name)
    {
        Probe.Add($"begin {name}");
        await Probe.PassAsync(name);
        Probe.Add($"end {name}");
    }

    public Task Interleaving(string name) => Wait(name);

    public Task Read(string name) => Wait(name);

    public Task Forget(string name) => Wait(name);

    public async Task<bool> StaysOnScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        var afterYield = TaskScheduler.Current;
        await Task.Run(() => { });
        return before != TaskScheduler.Default && before == afterYield && before == TaskScheduler.Current;
    }

    public async Task<int> Overlaps(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            if (Interlocked.Increment(ref _inTurn) != 1)
                _overlaps++;
            Thread.SpinWait(20);
            Interlocked.Decrement(ref _inTurn);
            await Task.Yield();
        }
        return _overlaps;
    }

    public async Task CallBackThrough(IQueueGrain other, bool allowed)
    {
        if (!allowed)
        {
            await other.CallBack(this.AsReference<IQueueGrain>());
            return;
        }
        using var section = RequestContext.AllowCallChainReentrancy();
        await other.CallBack(this.AsReference<IQueueGrain>());
    }

    public Task CallBack(IQueueGrain origin) => origin.StaysOnScheduler();
}

public sealed class QueueGrain : QueueGrainBase, IQueueGrain;

[Reentrant]
public sealed class ReentrantGrain : QueueGrainBase, IReentrantGrain;

[MayInterleave(nameof(Allows))]
public sealed class PickyGrain : QueueGrainBase, IPickyGrain
{
    public static bool Allows(IInvokable request) => request.GetArgumentCount() > 0 && request.GetArgument(0) is "picked";
}

[StatelessWorker(2)]
public sealed class WorkerGrain : Grain, IWorkerGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public async Task<Guid> Wait(string probe, string name)
    {
        Probe.Of(probe).Add($"begin {name}");
        await Probe.Of(probe).PassAsync(name);
        return _activation;
    }
}
