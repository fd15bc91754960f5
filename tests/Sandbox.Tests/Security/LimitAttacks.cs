using ClawGrains.Contracts;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

public sealed class LimitAttacks
{
    private static readonly PluginLimits Short = PluginLimits.Default with { Time = TimeSpan.FromMilliseconds(300), Fuel = 10_000_000_000 };

    [Fact]
    public Task T28_EndlessLoop_ExhaustsFuel() => Ends(PluginLimits.Default with { Fuel = 10_000_000 }, "loop", null, "resource_exhausted.fuel");

    [Fact]
    public Task T29_MoreThanSixteenMegabytes_ExhaustsMemory() => Ends(PluginLimits.Default, "grow", new { pages = "260" }, "resource_exhausted.memory");

    [Fact]
    public Task T30_WallClockInALoop_ExhaustsTime() => Ends(Short, "loop", null, "resource_exhausted.time");

    [Fact]
    public async Task T30_WallClockInASlowHostCall_ExhaustsTimeAndFreesTheThread()
    {
        using var server = new LoopbackServer(_ => null);
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        var plugin = Host.Plugin(new PluginPermissions { Network = [$"api.example.com:{server.Port}"] }, Short with { Concurrency = 1 });
        (await host.Run(plugin, "http", new { url = $"http://api.example.com:{server.Port}/" })).Error!.Code.ShouldBe("resource_exhausted.time");
        (await host.Run(plugin, "echo", new { a = 1 })).Result.ShouldBe("""{"a":1}""");
    }

    [Fact]
    public async Task T31_LowerFuel_Applies()
    {
        await using var host = new Host();
        var low = await host.Run(Host.Plugin(limits: PluginLimits.Default with { Fuel = 500_000 }), "spin", new { times = "1000000" });
        low.Error!.Code.ShouldBe("resource_exhausted.fuel");
        low.FuelUsed.ShouldBe(500_000);
        (await host.Run(Host.Plugin(), "spin", new { times = "1000000" })).Result.ShouldBe("\"done\"");
    }

    [Fact]
    public async Task T32_LowerMemory_Applies()
    {
        await Ends(PluginLimits.Default with { MemoryMegabytes = 8 }, "grow", new { pages = "130" }, "resource_exhausted.memory");
        await using var host = new Host();
        (await host.Run(Host.Plugin(), "grow", new { pages = "130" })).Result.ShouldBe("\"grown\"");
    }

    [Fact]
    public async Task T43_TwoPluginsSideBySide_ShareNoMemory()
    {
        await using var host = new Host();
        var (a, b) = (Host.Plugin(id: "a"), Host.Plugin(id: "b"));
        foreach (var plugin in (Execution.RunnablePlugin[])[a, b, a, b]) (await host.Run(plugin, "count")).Result.ShouldBe("1");
    }

    [Fact]
    public async Task T44_PluginAtItsRateLimit_LeavesOthersAlone()
    {
        await using var host = new Host { Time = new ManualTime() };
        await host.Run(Host.Plugin(id: "a"), "log", new { message = "a", times = "150" });
        await host.Run(Host.Plugin(id: "b"), "log", new { message = "b", times = "100" });
        host.Lines.Count(l => l.Message == "b").ShouldBe(100);
    }

    [Fact]
    public async Task T45_CallAfterOneThatUsedItsFuel_HasAllOfItAgain()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(limits: PluginLimits.Default with { Fuel = 10_000_000 });
        (await host.Run(plugin, "loop")).Error!.Code.ShouldBe("resource_exhausted.fuel");
        (await host.Run(plugin, "echo", new { })).Result.ShouldBe("{}");
    }

    [Fact]
    public async Task SameCall_UsesTheSameFuel()
    {
        await using var host = new Host();
        var first = await host.Run(Host.Plugin(), "spin", new { times = "1000" });
        first.FuelUsed.ShouldBeGreaterThan(1000);
        (await host.Run(Host.Plugin(), "spin", new { times = "1000" })).FuelUsed.ShouldBe(first.FuelUsed);
    }

    [Fact]
    public Task EndlessRecursion_Traps() => Ends(PluginLimits.Default, "recurse", null, "trap");

    [Fact]
    public Task Trap_IsAnError() => Ends(PluginLimits.Default, "trap", null, "trap");

    [Fact]
    public Task ResultBeyondMemory_Traps() => Ends(PluginLimits.Default, "huge", null, "trap");

    [Theory]
    [InlineData("grows-in-start", "resource_exhausted.memory")]
    [InlineData("traps-in-realloc", "trap")]
    [InlineData("traps-in-post-return", "trap")]
    public Task BrokenGuest_EndsWithAnError(string guest, string code) => Ends(PluginLimits.Default, "x", null, code, guest);

    [Fact]
    public async Task Caller_ThatCancels_EndsTheGuest()
    {
        await using var host = new Host();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        (await host.Run(Host.Plugin(limits: Short with { Time = TimeSpan.FromSeconds(30), Fuel = 1_000_000_000_000_000 }), "loop", null, cancel.Token)).Error!.Code.ShouldBe("cancelled");
    }

    [Fact]
    public async Task CallsBeyondTheQueue_AreRefusedAtOnce()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(limits: Short with { Concurrency = 1, QueueLength = 1 });
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.Run(plugin, "loop")));
        outcomes.Count(o => o.Error!.Code == "resource_exhausted.rate").ShouldBe(3);
    }

    [Fact]
    public async Task TwoTenants_WithThePluginOfOneName_ShareNoBudget()
    {
        await using var host = new Host { Time = new ManualTime() };
        foreach (var tenant in (string[])["acme", "umbrella"])
            await host.Runtime.ExecuteToolAsync(Host.Plugin(), TenantId.Parse(tenant), ("log", """{"message":"x","times":"100"}"""));
        host.Lines.GroupBy(l => l.Tenant).ShouldAllBe(g => g.Count() == 100);
    }

    private static async Task Ends(PluginLimits limits, string tool, object? parameters, string code, string guest = "probe")
    {
        await using var host = new Host();
        var outcome = await host.Run(Host.Plugin(limits: limits, guest: guest), tool, parameters);
        outcome.Error.ShouldNotBeNull().Code.ShouldBe(code);
    }
}
