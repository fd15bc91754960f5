using System.Diagnostics;
using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Providers;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>
/// Plugins that behave until their calls begin on the caller's thread, and then do not. Nothing runs beside: what is
/// measured is the pool of the whole process, which other tests' endless guests would slow down as well.
/// </summary>
[CollectionDefinition(nameof(TurncoatAttacks), DisableParallelization = true)]
[Collection(nameof(TurncoatAttacks))]
public sealed class TurncoatAttacks
{
    private static readonly PluginLimits Endless = PluginLimits.Default with { Fuel = long.MaxValue / 2, Time = TimeSpan.FromSeconds(60) };

    // A loop uses up the usual ceiling in a second or two.
    private static readonly LimitCeilings NoFuel = new() { Fuel = long.MaxValue / 2 };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task QuickPlugin_AnswersWithinTheCall_AsItDoesOnAThread()
    {
        await using var host = new Host();
        var plugin = Host.Plugin();
        var first = host.Run(plugin, "echo", new { of = "a thread" });
        first.IsCompleted.ShouldBeFalse();
        await ProveAsync(host, plugin);
        var later = host.Run(plugin, "echo", new { of = "a thread" });
        later.IsCompleted.ShouldBeTrue();
        ((await later).Result, (await later).FuelUsed).ShouldBe(((await first).Result, (await first).FuelUsed));
    }

    [Fact]
    public async Task PluginsThatTurnEndless_LeaveThePoolResponsive()
    {
        await using var host = new Host { Ceilings = NoFuel };
        using var stop = new CancellationTokenSource();
        var loops = new List<Task<PluginOutcome>>();
        for (var i = 0; i < 12; i++) loops.Add(await TurnAsync(host, Plugin($"turncoat-{i}"), stop.Token));
        loops.ShouldAllBe(l => !l.IsCompleted);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 50; i++)
        {
            var start = Stopwatch.GetTimestamp();
            (await Task.Run(() => Thread.CurrentThread.IsThreadPoolThread).WaitAsync(Patience)).ShouldBeTrue();
            (await host.Run(Host.Plugin(id: "good"), "echo", new { i }).WaitAsync(Patience)).Result.ShouldBe($$"""{"i":{{i}}}""");
            if (Stopwatch.GetElapsedTime(start) is var time && time > slowest) slowest = time;
        }
        // Twelve guests compute on a few processors; a pool that they held would take half a second for each.
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        var cancelled = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        (await Task.WhenAll(loops).WaitAsync(Patience)).ShouldAllBe(o => o.Error!.Code == "cancelled");
        Stopwatch.GetElapsedTime(cancelled).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task PluginsThatTurnEndless_AreEndedWhenTheirTimeIsOver()
    {
        await using var host = new Host { Ceilings = NoFuel };
        var loops = new List<Task<PluginOutcome>>();
        for (var i = 0; i < 8; i++)
            loops.Add(await TurnAsync(host, Plugin($"turncoat-{i}", Endless with { Time = TimeSpan.FromMilliseconds(500) }), CancellationToken.None));
        foreach (var outcome in await Task.WhenAll(loops).WaitAsync(Patience))
        {
            outcome.Error!.Code.ShouldBe("resource_exhausted.time");
            outcome.Duration.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task PluginThatTurnedEndless_HasToProveItselfAgain()
    {
        await using var host = new Host { Ceilings = NoFuel };
        using var stop = new CancellationTokenSource();
        var plugin = Plugin("turncoat");
        var loop = await TurnAsync(host, plugin, stop.Token);
        IsQuick(host, plugin).ShouldBeFalse();
        for (var i = 0; i < PluginPace.Proof; i++)
        {
            IsQuick(host, plugin).ShouldBeFalse();
            await host.Run(plugin, "echo");
        }
        await stop.CancelAsync();
        await loop.WaitAsync(Patience);
    }

    [Fact]
    public async Task HostFunctions_AreCalledAndRecordedOnce()
    {
        await using var host = new Host();
        var plugin = Host.Plugin();
        await ProveAsync(host, plugin);
        (await host.Run(plugin, "log", new { message = "once" })).Result.ShouldBe("\"logged\"");
        host.Lines.Single().Message.ShouldContain("once");
        (await host.Entries("log")).Length.ShouldBe(1);
        (await host.Entries("execute-tool")).Count(e => e.Arguments.Contains("log")).ShouldBe(1);
    }

    [Fact]
    public async Task PiecesOfAChat_ComeOnce()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(guest: "provider");
        (await ChatAsync(host, plugin, "compiled")).ShouldBe("compiled");
        for (var i = 0; i < PluginPace.Proof; i++) await host.Runtime.ListModelsAsync(plugin, TenantId.Default);
        IsQuick(host, plugin).ShouldBeTrue();
        // Far more pieces than a slice of fuel pays for.
        var text = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i:0000}"));
        (await ChatAsync(host, plugin, text)).ShouldBe(text);
    }

    [Fact]
    public async Task PluginsThatWait_LeaveTheirCallersThread()
    {
        using var server = new LoopbackServer(_ => null);
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        var net = new PluginPermissions { Network = [$"api.example.com:{server.Port}"] };
        using var stop = new CancellationTokenSource();
        var waits = new List<Task<PluginOutcome>>();
        for (var i = 0; i < 6; i++) waits.Add(await TurnAsync(host, Plugin($"waiter-{i}", permissions: net), stop.Token, "http", new { url = $"http://api.example.com:{server.Port}/" }));
        (await host.Run(Host.Plugin(id: "good"), "echo").WaitAsync(Patience)).Result.ShouldBe("{}");
        await stop.CancelAsync();
        (await Task.WhenAll(waits).WaitAsync(Patience)).ShouldAllBe(o => o.Error!.Code == "cancelled");
    }

    [Theory]
    [InlineData("recurse")]
    [InlineData("trap")]
    [InlineData("huge")]
    [InlineData("fail")]
    public async Task WhateverGoesWrong_GoesWrongAsOnAThread(string tool)
    {
        await using var host = new Host();
        var plugin = Host.Plugin();
        var first = await host.Run(plugin, tool);
        await ProveAsync(host, plugin);
        var later = await Task.Run(() => host.Run(plugin, tool));
        (later.Error, later.ToolError, later.FuelUsed).ShouldBe((first.Error, first.ToolError, first.FuelUsed));
        (await host.Entries("execute-tool")).Count(e => e.Arguments.Contains(tool)).ShouldBe(2);
    }

    [Fact]
    public async Task QuickPlugin_WaitsForItsPlaceLikeAnyOther()
    {
        await using var host = new Host { Ceilings = NoFuel };
        using var stop = new CancellationTokenSource();
        var one = Endless with { Concurrency = 1, QueueLength = 0 };
        var quick = Plugin("same", one);
        await ProveAsync(host, quick);
        var loop = host.Run(quick with { Hash = $"{quick.Hash}-other" }, "loop", null, stop.Token);
        (await host.Run(quick, "echo")).Error!.Message.ShouldContain("1 calls of the plugin run");
        IsQuick(host, quick).ShouldBeTrue();
        await stop.CancelAsync();
        await loop.WaitAsync(Patience);
    }

    [Fact]
    public async Task HostThatStops_EndsWhatLeftItsCallersThread()
    {
        var host = new Host { Ceilings = NoFuel };
        var loop = await TurnAsync(host, Plugin("turncoat"), CancellationToken.None);
        await host.DisposeAsync();
        (await loop.WaitAsync(Patience)).Error.ShouldNotBeNull();
    }

    // A component of its own for each, so that none spoils another's good name.
    private static RunnablePlugin Plugin(string id, PluginLimits? limits = null, PluginPermissions? permissions = null)
    {
        var plugin = Host.Plugin(permissions, limits ?? Endless, id: id);
        return plugin with { Hash = $"{plugin.Hash}-{id}" };
    }

    private static async Task<string> ChatAsync(Host host, RunnablePlugin plugin, string text)
    {
        var heard = new StringBuilder();
        var request = new ChatRequest { Model = "parrot", Messages = [new ChatMessage(ChatRole.User, text)] };
        await host.Runtime.ChatAsync(plugin, TenantId.Default, request, piece => heard.Append(piece) is not null);
        return heard.ToString();
    }

    private static bool IsQuick(Host host, RunnablePlugin plugin) => host.Runtime.Loaded(plugin).Pace.IsQuick;

    private static async Task ProveAsync(Host host, RunnablePlugin plugin)
    {
        for (var i = 0; i < PluginPace.Proof; i++) (await host.Run(plugin, "echo")).Result.ShouldBe("{}");
        IsQuick(host, plugin).ShouldBeTrue();
    }

    private static async Task<Task<PluginOutcome>> TurnAsync(Host host, RunnablePlugin plugin, CancellationToken stop, string tool = "loop", object? parameters = null)
    {
        await ProveAsync(host, plugin);
        return await Task.Run(() => Task.FromResult(host.Run(plugin, tool, parameters, stop)));
    }
}
