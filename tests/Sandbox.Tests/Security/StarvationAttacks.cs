using System.Diagnostics;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>Guests that never yield, and those who must be served all the same.</summary>
public sealed class StarvationAttacks
{
    private static readonly PluginLimits Endless = PluginLimits.Default with { Fuel = long.MaxValue / 2, Time = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task EndlessGuests_LeaveThePoolAndOtherPluginsResponsive()
    {
        await using var host = new Host { Scheduling = new() { Computing = 2 } };
        using var stop = new CancellationTokenSource();
        var loops = Enumerable.Range(0, 8).Select(i => host.Run(Host.Plugin(limits: Endless, id: $"endless-{i / 4}"), "loop", null, stop.Token)).ToArray();
        for (var i = 0; i < 20; i++)
        {
            (await host.Run(Host.Plugin(id: "good"), "echo", new { i }).WaitAsync(TimeSpan.FromSeconds(20))).Result.ShouldBe($$"""{"i":{{i}}}""");
            (await Task.Run(() => Thread.CurrentThread.IsThreadPoolThread).WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        }
        loops.ShouldAllBe(l => !l.IsCompleted);
        await stop.CancelAsync();
        (await Task.WhenAll(loops)).ShouldAllBe(o => o.Error!.Code == "cancelled");
    }

    [Fact]
    public async Task EndlessGuestsOfOneTenant_LeaveThreadsToOthers()
    {
        await using var host = new Host { Scheduling = new() { Running = 4, RunningPerTenant = 3, Computing = 4 } };
        using var stop = new CancellationTokenSource();
        var loops = Enumerable.Range(0, 6).Select(i => host.Runtime.ExecuteToolAsync(Host.Plugin(limits: Endless, id: $"e{i}"), TenantId.Parse("greedy"), ("loop", "{}"), stop.Token)).ToArray();
        (await host.RunAs("modest", Host.Plugin(), "echo").WaitAsync(TimeSpan.FromSeconds(20))).Result.ShouldBe("{}");
        await stop.CancelAsync();
        await Task.WhenAll(loops);
    }

    [Fact]
    public async Task GuestBlockedInAHostCall_LetsOthersCompute()
    {
        using var server = new LoopbackServer(_ => null);
        await using var host = new Host { PermittedPrivate = { server.EndPoint }, Scheduling = new() { Computing = 1 } };
        var net = new PluginPermissions { Network = [$"api.example.com:{server.Port}"] };
        using var stop = new CancellationTokenSource();
        var blocked = host.Run(Host.Plugin(net), "http", new { url = $"http://api.example.com:{server.Port}/" }, stop.Token);
        (await host.Run(Host.Plugin(id: "good"), "echo").WaitAsync(TimeSpan.FromSeconds(20))).Result.ShouldBe("{}");
        await stop.CancelAsync();
        (await blocked).Error!.Code.ShouldBe("cancelled");
    }

    [Fact]
    public async Task FullHost_RefusesAtOnceAndClearly()
    {
        await using var host = new Host { Scheduling = new() { Running = 1, Waiting = 2 } };
        using var stop = new CancellationTokenSource();
        var calls = Enumerable.Range(0, 5).Select(i => host.Run(Host.Plugin(limits: Endless, id: $"p{i}"), "loop", null, stop.Token)).ToArray();
        foreach (var refused in calls[3..])
        {
            var error = (await refused.WaitAsync(TimeSpan.FromSeconds(20))).Error.ShouldNotBeNull();
            error.Code.ShouldBe("resource_exhausted.rate");
            error.Message.ShouldContain("2 calls wait in this host");
        }
        await stop.CancelAsync();
        (await Task.WhenAll(calls[..3])).ShouldAllBe(o => o.Error!.Code == "cancelled");
    }

    [Fact]
    public async Task CallThatWaits_CanBeCancelled()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(limits: Endless with { Concurrency = 1 });
        using var stop = new CancellationTokenSource();
        using var give = new CancellationTokenSource();
        var running = host.Run(plugin, "loop", null, stop.Token);
        var waiting = host.Run(plugin, "loop", null, give.Token);
        await give.CancelAsync();
        (await waiting.WaitAsync(TimeSpan.FromSeconds(20))).Error!.Code.ShouldBe("cancelled");
        running.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task ThreadOfAGuestThatRanOutOfTime_IsFreeAgain()
    {
        await using var host = new Host { Scheduling = new() { Running = 1 }, Ceilings = new() { Fuel = long.MaxValue / 2 } };
        for (var i = 0; i < 3; i++)
        {
            var plugin = Host.Plugin(limits: Endless with { Time = TimeSpan.FromMilliseconds(250) }, id: $"slow-{i}");
            (await host.Run(plugin, "loop")).Error!.Code.ShouldBe("resource_exhausted.time");
        }
        (await host.Run(Host.Plugin(), "echo")).Result.ShouldBe("{}");
        host.Runtime.Threads.ShouldBe(1);
    }

    [Fact]
    public async Task Host_ThatStops_EndsItsGuests()
    {
        var host = new Host();
        var loop = host.Run(Host.Plugin(limits: Endless), "loop");
        var start = Stopwatch.GetTimestamp();
        await host.DisposeAsync();
        (await loop.WaitAsync(TimeSpan.FromSeconds(20))).Error.ShouldNotBeNull();
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }
}
