namespace ClawGrains.GrainRuntime.Tests.Cancellation;

public interface ICancellableGrain : IGrainWithStringKey
{
    Task Wait(CancellationToken token);
    Task<bool> CanBeCancelled(CancellationToken token);
    Task WaitThrough(string key, CancellationToken token);
}

public sealed class CancellableGrain : Grain, ICancellableGrain
{
    public async Task Wait(CancellationToken token)
    {
        var probe = Probe.Of(this.GetPrimaryKeyString());
        var inGrain = TaskScheduler.Current;
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(() =>
        {
            probe.Add(TaskScheduler.Current == inGrain ? "cancelled in the grain" : "cancelled elsewhere");
            cancelled.TrySetCanceled(token);
        });
        probe.Add("waiting");
        await cancelled.Task;
    }

    public Task<bool> CanBeCancelled(CancellationToken token) => Task.FromResult(token.IsCancellationRequested);

    public Task WaitThrough(string key, CancellationToken token) => GrainFactory.GetGrain<ICancellableGrain>(key).Wait(token);
}

[Collection(ClusterTests.Name)]
public sealed class CancellationTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("cancellable");

    private ICancellableGrain Grain => cluster.Client.GetGrain<ICancellableGrain>(_key);

    [Fact]
    public async Task Token_CancelledByTheCaller_ReachesTheGrain()
    {
        using var cancel = new CancellationTokenSource();
        var call = Grain.Wait(cancel.Token);
        await Probe.Of(_key).SeenAsync("waiting");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Probe.Of(_key).UntilAsync(e => e.Any(x => x.StartsWith("cancelled")), "the cancellation");
    }

    [Fact]
    public async Task Token_PassedOn_ReachesTheNextGrain()
    {
        using var cancel = new CancellationTokenSource();
        var call = Grain.WaitThrough(_key + "-next", cancel.Token);
        await Probe.Of(_key + "-next").SeenAsync("waiting");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await Probe.Of(_key + "-next").UntilAsync(e => e.Any(x => x.StartsWith("cancelled")), "the cancellation");
    }

    [Fact]
    public async Task Token_Default_IsNotCancelled() => (await Grain.CanBeCancelled(default)).ShouldBeFalse();
}
