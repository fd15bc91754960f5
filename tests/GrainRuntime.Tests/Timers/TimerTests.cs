namespace ClawGrains.GrainRuntime.Tests.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task Start(string name, TimeSpan due, TimeSpan period, bool interleave);
    Task StartFailing(string name);
    Task StartOnce(string name);
    Task Stop(string name);
    Task Change(string name, TimeSpan due);
    Task StartSlow(string name);
    Task Wait(string gate);
    Task Leave();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, IGrainTimer> _timers = [];

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task Start(string name, TimeSpan due, TimeSpan period, bool interleave)
    {
        _timers[name] = this.RegisterGrainTimer((state, _) => Tick(state), name, new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing(string name)
    {
        _timers[name] = this.RegisterGrainTimer(_ =>
        {
            Probe.Add(name);
            throw new InvalidOperationException("the timer fails");
        }, new() { DueTime = Short, Period = Short });
        return Task.CompletedTask;
    }

    public Task StartOnce(string name)
    {
        _timers[name] = this.RegisterGrainTimer(() => Tick(name), Short, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StartSlow(string name)
    {
        _timers[name] = this.RegisterGrainTimer(async token =>
        {
            token.Register(() => Probe.Add("cancelled"));
            Probe.Add($"begin {name}");
            await Probe.PassAsync(name);
            Probe.Add($"end {name}");
        }, new() { DueTime = Short, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        return Task.CompletedTask;
    }

    public Task Stop(string name)
    {
        _timers[name].Dispose();
        return Task.CompletedTask;
    }

    public Task Change(string name, TimeSpan due)
    {
        _timers[name].Change(due, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task Wait(string gate)
    {
        Probe.Add("waiting");
        await Probe.PassAsync(gate);
        Probe.Add("waited");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task Tick(string name)
    {
        Probe.Add(TaskScheduler.Current == TaskScheduler.Default ? "outside the grain" : name);
        return Task.CompletedTask;
    }
}

[Collection(ClusterTests.Name)]
public sealed class TimerTests(TestClusterFixture cluster)
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    private readonly string _key = Probe.NewKey("timer");

    private ITimerGrain Grain => cluster.Client.GetGrain<ITimerGrain>(_key);

    private Probe Probe => Probe.Of(_key);

    [Fact]
    public async Task Timer_WithAPeriod_RunsAgainAndAgainInTheGrain()
    {
        await Grain.Start("tick", TimeSpan.Zero, Short, false);
        await Probe.SeenAsync("tick", 3);
        await Grain.Stop("tick");
        Probe.Events.ShouldAllBe(e => e == "tick");
    }

    [Fact]
    public async Task Timer_WithoutAPeriod_RunsOnce()
    {
        await Grain.StartOnce("once");
        await Grain.Start("tick", Short, Short, false);
        await Probe.SeenAsync("tick", 5);
        await Grain.Stop("tick");
        Probe.Events.Count(e => e == "once").ShouldBe(1);
    }

    [Fact]
    public async Task Timer_ByDefault_WaitsForTheRequestInProgress()
    {
        var waiting = Grain.Wait("go");
        await Probe.SeenAsync("waiting");
        Probe.Open("go");
        await waiting;
        await Grain.Start("tick", Short, Short, false);
        var second = Grain.Wait("go2");
        await Probe.SeenAsync("waiting", 2);
        var ticksBefore = Probe.Events.Count(e => e == "tick");
        await cluster.Client.GetGrain<ITimerGrain>(_key + "-other").Start("tick", Short, Short, false);
        await Probe.Of(_key + "-other").SeenAsync("tick", 4);
        Probe.Events.Count(e => e == "tick").ShouldBe(ticksBefore);
        Probe.Open("go2");
        await second;
        await Probe.SeenAsync("tick", ticksBefore + 1);
        await Grain.Stop("tick");
    }

    [Fact]
    public async Task Timer_ThatInterleaves_RunsWhileARequestWaits()
    {
        await Grain.Start("tick", Short, Short, true);
        var waiting = Grain.Wait("go");
        await Probe.SeenAsync("waiting");
        var seen = Probe.Events.Count(e => e == "tick");
        await Probe.SeenAsync("tick", seen + 2);
        Probe.Open("go");
        await waiting;
        await Grain.Stop("tick");
    }

    [Fact]
    public async Task Timer_ThatFails_GoesOn()
    {
        await Grain.StartFailing("fail");
        await Probe.SeenAsync("fail", 3);
        await Grain.Stop("fail");
    }

    [Fact]
    public async Task Timer_Changed_RunsAtTheNewTime()
    {
        await Grain.Start("late", TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan, false);
        await Grain.Change("late", Short);
        await Probe.SeenAsync("late");
    }

    [Fact]
    public async Task Timer_Disposed_CancelsTheRunInProgress()
    {
        await Grain.StartSlow("slow");
        await Probe.SeenAsync("begin slow");
        await Grain.Stop("slow");
        await Probe.SeenAsync("cancelled");
        Probe.Open("slow");
        await Probe.SeenAsync("end slow");
    }

    [Fact]
    public async Task Timer_OfAnEndedActivation_RunsNoMore()
    {
        await Grain.Start("tick", Short, Short, false);
        await Probe.SeenAsync("tick");
        await Grain.Leave();
        await Grain.Wait(Opened("go"));
        var ticks = Probe.Events.Count(e => e == "tick");
        await Grain.Start("other", Short, Short, false);
        await Probe.SeenAsync("other", 4);
        await Grain.Stop("other");
        Probe.Events.Count(e => e == "tick").ShouldBe(ticks);
    }

    private string Opened(string gate)
    {
        Probe.Open(gate);
        return gate;
    }
}
