using System.Diagnostics;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Scheduling;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>
/// Plugins that behave until they are trusted with threads of the .NET pool, and then do not. Nothing runs beside: what is
/// measured is the pool of the whole process, which other tests' endless guests would slow down as well.
/// </summary>
[CollectionDefinition(nameof(LentThreadAttacks), DisableParallelization = true)]
[Collection(nameof(LentThreadAttacks))]
public sealed class LentThreadAttacks
{
    private static readonly PluginLimits Endless = PluginLimits.Default with { Fuel = long.MaxValue / 2, Time = TimeSpan.FromSeconds(60) };
    // A loop uses up the usual ceiling in a second or two.
    private static readonly LimitCeilings NoFuel = new() { Fuel = long.MaxValue / 2 };
    private static readonly SchedulerLimits Lent = new() { OnPool = 4 };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task QuickPlugin_RunsOnThePool_SlowOneDoesNot()
    {
        await using var host = new Host { Ceilings = NoFuel, Scheduling = Lent };
        using var stop = new CancellationTokenSource();
        var slow = host.Run(Host.Plugin(limits: Endless, id: "slow"), "loop", null, stop.Token);
        host.Runtime.OnPool.ShouldBe(0);
        await stop.CancelAsync();
        await slow;
        (await TurnAsync(host, "turncoat", CancellationToken.None)).IsCompleted.ShouldBeFalse();
        host.Runtime.OnPool.ShouldBe(1);
    }

    [Fact]
    public async Task PluginsThatTurnEndless_LeaveThePoolResponsive()
    {
        await using var host = new Host { Ceilings = NoFuel };
        using var stop = new CancellationTokenSource();
        var loops = new List<Task<PluginOutcome>>();
        for (var i = 0; i < 12; i++) loops.Add(await TurnAsync(host, $"turncoat-{i}", stop.Token));
        loops.ShouldAllBe(l => !l.IsCompleted);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 50; i++)
        {
            var start = Stopwatch.GetTimestamp();
            (await Task.Run(() => Thread.CurrentThread.IsThreadPoolThread).WaitAsync(Patience)).ShouldBeTrue();
            (await host.Run(Host.Plugin(id: "good"), "echo", new { i }).WaitAsync(Patience)).Result.ShouldBe($$"""{"i":{{i}}}""");
            if (Stopwatch.GetElapsedTime(start) is var time && time > slowest) slowest = time;
        }
        // Twelve guests compute on a few processors; without another thread it would take half a second for each.
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        var cancelled = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        (await Task.WhenAll(loops).WaitAsync(Patience)).ShouldAllBe(o => o.Error!.Code == "cancelled");
        Stopwatch.GetElapsedTime(cancelled).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        host.Runtime.OnPool.ShouldBe(0);
    }

    [Fact]
    public async Task PluginsThatTurnEndless_AreEndedWhenTheirTimeIsOver()
    {
        await using var host = new Host { Ceilings = NoFuel, Scheduling = Lent };
        var limits = Endless with { Time = TimeSpan.FromMilliseconds(500) };
        var loops = new List<Task<PluginOutcome>>();
        for (var i = 0; i < 8; i++) loops.Add(await TurnAsync(host, $"turncoat-{i}", CancellationToken.None, limits));
        foreach (var outcome in await Task.WhenAll(loops).WaitAsync(Patience))
        {
            outcome.Error!.Code.ShouldBe("resource_exhausted.time");
            outcome.Duration.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task PluginThatTurnedEndless_HasToProveItselfAgain()
    {
        await using var host = new Host { Ceilings = NoFuel, Scheduling = Lent };
        using var stop = new CancellationTokenSource();
        var first = await TurnAsync(host, "turncoat", stop.Token);
        await UntilAsync(() => !host.Runtime.Loaded(Plugin("turncoat", Endless)).Pace.IsQuick);
        var second = host.Run(Plugin("turncoat", Endless), "loop", null, stop.Token);
        host.Runtime.OnPool.ShouldBe(1);
        await stop.CancelAsync();
        await Task.WhenAll(first, second).WaitAsync(Patience);
    }

    [Fact]
    public async Task PluginThatWaitsOnThePool_IsMadeUpForAndEnds()
    {
        using var server = new LoopbackServer(_ => null);
        await using var host = new Host { Ceilings = NoFuel, Scheduling = Lent, PermittedPrivate = { server.EndPoint } };
        var net = new PluginPermissions { Network = [$"api.example.com:{server.Port}"] };
        using var stop = new CancellationTokenSource();
        var waits = new List<Task<PluginOutcome>>();
        for (var i = 0; i < 6; i++) waits.Add(await TurnAsync(host, $"waiter-{i}", stop.Token, null, (net, $"http://api.example.com:{server.Port}/")));
        (await host.Run(Host.Plugin(id: "good"), "echo").WaitAsync(Patience)).Result.ShouldBe("{}");
        await stop.CancelAsync();
        (await Task.WhenAll(waits).WaitAsync(Patience)).ShouldAllBe(o => o.Error!.Code == "cancelled");
    }

    [Fact]
    public async Task DeepRecursion_EndsAtTheSameDepthOnThePool()
    {
        await using var host = new Host { Ceilings = NoFuel, Scheduling = Lent };
        var plugin = Plugin("deep", PluginLimits.Default);
        var kept = await host.Run(plugin, "recurse");
        await ProveAsync(host, plugin);
        var lent = await Task.Run(() => host.Run(plugin, "recurse"));
        lent.Error.ShouldBe(kept.Error);
        lent.FuelUsed.ShouldBe(kept.FuelUsed);
    }

    [Fact]
    public async Task HostThatStops_EndsGuestsOnThePool()
    {
        var host = new Host { Ceilings = NoFuel, Scheduling = Lent };
        var loop = await TurnAsync(host, "turncoat", CancellationToken.None);
        await host.DisposeAsync();
        (await loop.WaitAsync(Patience)).Error.ShouldNotBeNull();
    }

    private static RunnablePlugin Plugin(string id, PluginLimits limits, PluginPermissions? permissions = null)
    {
        // A component of its own for each, so that none spoils another's good name.
        var plugin = Host.Plugin(permissions, limits, id: id);
        return plugin with { Hash = $"{plugin.Hash}-{id}" };
    }

    private static async Task ProveAsync(Host host, RunnablePlugin plugin)
    {
        // A busy machine makes a call take long now and then.
        for (var i = 0; i < 2_000 && !host.Runtime.Loaded(plugin).Pace.IsQuick; i++) (await host.Run(plugin, "echo")).Result.ShouldBe("{}");
        host.Runtime.Loaded(plugin).Pace.IsQuick.ShouldBeTrue();
    }

    private static async Task<Task<PluginOutcome>> TurnAsync(
        Host host, string id, CancellationToken stop, PluginLimits? limits = null, (PluginPermissions Permissions, string Url)? http = null)
    {
        var plugin = Plugin(id, limits ?? Endless, http?.Permissions);
        await ProveAsync(host, plugin);
        return await Task.Run(() => Task.FromResult(http is { } h ? host.Run(plugin, "http", new { url = h.Url }, stop) : host.Run(plugin, "loop", null, stop)));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var start = Stopwatch.GetTimestamp(); !condition() && Stopwatch.GetElapsedTime(start) < Patience;) await Task.Yield();
        condition().ShouldBeTrue();
    }
}
