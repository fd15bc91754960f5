namespace ClawGrains.GrainRuntime.Tests.Scheduling;

[Collection(ClusterTests.Name)]
public sealed class SchedulingTests(TestClusterFixture cluster)
{
    private readonly string _key = Probe.NewKey("queue");

    private Probe Probe => Probe.Of(_key);

    private IQueueGrain Queue => cluster.Client.GetGrain<IQueueGrain>(_key, typeof(QueueGrain).FullName);

    [Fact]
    public async Task Grain_SecondCall_BeginsWhenTheFirstHasEnded()
    {
        var calls = new[] { Queue.Wait("a"), Queue.Wait("b") };
        await Probe.UntilAsync(e => e.Length == 1, "the first call");
        Probe.Open("b");
        Probe.Open("a");
        await Task.WhenAll(calls);
        Probe.Events[0].Split(' ')[1].ShouldBe(Probe.Events[1].Split(' ')[1]);
        Probe.Events.Select(e => e.Split(' ')[0]).ShouldBe(["begin", "end", "begin", "end"]);
    }

    [Fact]
    public async Task Grain_OneCallerAwaitingEach_KeepsTheOrder()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            Probe.Open(name);
            await Queue.Wait(name);
        }
        Probe.Events.Where(e => e.StartsWith("begin")).ShouldBe(["begin a", "begin b", "begin c"]);
    }

    [Fact]
    public async Task ReentrantGrain_SecondCall_BeginsWhileTheFirstWaits()
    {
        var grain = cluster.Client.GetGrain<IReentrantGrain>(_key);
        var first = grain.Wait("a");
        await Probe.SeenAsync("begin a");
        Probe.Open("b");
        await grain.Wait("b");
        Probe.Events.ShouldBe(["begin a", "begin b", "end b"]);
        Probe.Open("a");
        await first;
    }

    [Fact]
    public async Task ReentrantGrain_ManyCalls_NeverRunTurnsAtTheSameTime()
    {
        var grain = cluster.Client.GetGrain<IReentrantGrain>(_key);
        var overlaps = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => grain.Overlaps(50))));
        overlaps.ShouldAllBe(count => count == 0);
    }

    [Fact]
    public async Task AlwaysInterleave_Call_BeginsWhileAnotherWaits()
    {
        var first = Queue.Wait("a");
        await Probe.SeenAsync("begin a");
        Probe.Open("b");
        await Queue.Interleaving("b");
        Probe.Open("a");
        await first;
        Probe.Events.ShouldBe(["begin a", "begin b", "end b", "end a"]);
    }

    [Fact]
    public async Task AlwaysInterleave_CallInProgress_DoesNotHoldUpOthers()
    {
        var first = Queue.Interleaving("a");
        await Probe.SeenAsync("begin a");
        Probe.Open("b");
        await Queue.Wait("b");
        Probe.Open("a");
        await first;
    }

    [Fact]
    public async Task ReadOnly_TwoCalls_RunSideBySide()
    {
        var first = Queue.Read("a");
        await Probe.SeenAsync("begin a");
        Probe.Open("b");
        await Queue.Read("b");
        Probe.Open("a");
        await first;
    }

    [Fact]
    public async Task ReadOnly_WhileAWriterWaits_IsHeldUp()
    {
        var first = Queue.Wait("a");
        await Probe.SeenAsync("begin a");
        Probe.Open("b");
        var second = Queue.Read("b");
        await Queue.Interleaving(Opened("c"));
        Probe.Events.ShouldNotContain("begin b");
        Probe.Open("a");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task MayInterleave_Predicate_DecidesByTheRequest()
    {
        var grain = cluster.Client.GetGrain<IPickyGrain>(_key);
        var first = grain.Wait("a");
        await Probe.SeenAsync("begin a");
        Probe.Open("picked");
        Probe.Open("b");
        var blocked = grain.Wait("b");
        await grain.Wait("picked");
        Probe.Events.ShouldNotContain("begin b");
        Probe.Open("a");
        await Task.WhenAll(first, blocked);
    }

    [Fact]
    public async Task OneWay_Call_EndsBeforeItIsDone()
    {
        await Queue.Forget("a");
        await Probe.SeenAsync("begin a");
        Probe.Events.ShouldNotContain("end a");
        Probe.Open("a");
        await Probe.SeenAsync("end a");
    }

    [Fact]
    public async Task Continuations_AfterAwait_StayOnTheGrainsScheduler() => (await Queue.StaysOnScheduler()).ShouldBeTrue();

    [Fact]
    public async Task CallChain_BackIntoAWaitingGrain_TimesOut()
    {
        var other = cluster.Client.GetGrain<IQueueGrain>(_key + "-other", typeof(QueueGrain).FullName);
        await Should.ThrowAsync<TimeoutException>(() => Queue.CallBackThrough(other, allowed: false));
    }

    [Fact]
    public async Task CallChain_BackIntoAWaitingGrainThatAllowsIt_Succeeds()
    {
        var other = cluster.Client.GetGrain<IQueueGrain>(_key + "-other", typeof(QueueGrain).FullName);
        await Queue.CallBackThrough(other, allowed: true);
    }

    [Fact]
    public async Task StatelessWorker_MoreCallsThanWorkers_UsesAllWorkersAndNoMore()
    {
        var worker = cluster.Client.GetGrain<IWorkerGrain>(_key);
        var calls = new[] { worker.Wait(_key, "a"), worker.Wait(_key, "b"), worker.Wait(_key, "c") };
        await Probe.UntilAsync(e => e.Length == 2, "two workers");
        foreach (var gate in new[] { "a", "b", "c" })
            Probe.Open(gate);
        (await Task.WhenAll(calls)).Distinct().Count().ShouldBe(2);
    }

    private string Opened(string gate)
    {
        Probe.Open(gate);
        return gate;
    }
}
