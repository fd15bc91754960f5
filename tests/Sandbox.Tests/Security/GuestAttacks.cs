using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>What a component can try with nothing but its own code and the canonical ABI.</summary>
public sealed class GuestAttacks
{
    [Fact]
    public async Task MillionHandles_EndWithATrap_AndTheNextCallIsServed()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(guest: "handles");
        (await host.Run(plugin, "make-many", new { count = 100 })).Result.ShouldBe("""{"result":100}""");
        var outcome = await host.Run(plugin, "make-many", new { count = 1_000_000 });
        outcome.Error.ShouldNotBeNull().Message.ShouldContain("no free keys");
        (await host.Run(plugin, "make-many", new { count = 3 })).Result.ShouldBe("""{"result":3}""", "handles of an earlier call were seen");
    }

    [Theory]
    [InlineData("65000", "4294967295")]
    [InlineData("4294967280", "64")]
    [InlineData("0", "2147483647")]
    public async Task StringBeyondMemory_Traps(string at, string bytes)
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(), "beyond", new { at, bytes })).Error.ShouldNotBeNull().Code.ShouldBe("trap");
        host.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task EnormousLogLine_IsCut()
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(), "log", new { bytes = $"{12 << 20}" })).Result.ShouldBe("\"logged\"");
        host.Lines.ShouldHaveSingleItem().Message.Length.ShouldBeLessThan(5_000);
    }

    [Fact]
    public async Task ListThatNamesTheSameMegabytesOverAndOver_Traps()
    {
        await using var host = new Host();
        var before = GC.GetTotalAllocatedBytes();
        var outcome = await host.Run(Host.Plugin(new PluginPermissions { Network = ["*"] }), "headers", new { url = "http://a.example/", count = "100000", bytes = $"{4 << 20}" });
        outcome.Error.ShouldNotBeNull().Message.ShouldContain("exceed the limit");
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(512L << 20, "400 GB were described; about 64 MB may be read");
    }

    [Fact]
    public async Task ResultBeyondTheLimit_IsRefused()
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(), "sized", new { bytes = $"{5 << 20}" })).Error.ShouldNotBeNull().Code.ShouldBe("resource_exhausted.size");
        (await host.Run(Host.Plugin(), "sized", new { bytes = "1000" })).Result!.Length.ShouldBe(1000);
    }

    [Fact]
    public async Task ParametersBeyondTheLimit_AreRefusedBeforeTheGuestRuns()
    {
        await using var host = new Host();
        var outcome = await host.Runtime.ExecuteToolAsync(Host.Plugin(), TenantId.Default, ("echo", new string('x', (4 << 20) + 1)));
        (outcome.Error!.Code, outcome.FuelUsed).ShouldBe(("resource_exhausted.size", 0));
    }

    [Fact]
    public async Task RecursionToStackExhaustion_Traps_AndTheThreadServesOn()
    {
        await using var host = new Host { Scheduling = new() { Running = 1 } };
        for (var i = 0; i < 3; i++) (await host.Run(Host.Plugin(), "recurse")).Error!.Message.ShouldContain("call stack exhausted");
        (await host.Run(Host.Plugin(), "echo", new { a = 1 })).Result.ShouldBe("""{"a":1}""");
        host.Runtime.Threads.ShouldBe(1);
    }

    [Theory]
    [InlineData("calls-in-realloc")]
    [InlineData("calls-in-post-return")]
    public async Task HostCalledFromReallocOrPostReturn_Traps(string guest)
    {
        await using var host = new Host();
        var outcome = await host.Run(Host.Plugin(guest: guest), "x");
        outcome.Error.ShouldNotBeNull().Message.ShouldContain("cannot leave component instance");
        host.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatAStartFunctionAsked_IsAskedAgainForEachCall()
    {
        await using var host = new Host { Variables = { ["APP_MODE"] = "first" } };
        var plugin = Host.Plugin(new PluginPermissions { Environment = ["APP_MODE"] }, guest: "asks-in-start");
        (await host.Run(plugin, "x")).Result.ShouldBe("first");
        host.Variables["APP_MODE"] = "second";
        (await host.Run(plugin, "x")).Result.ShouldBe("second");
        (await host.Entries("get-env")).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task KeptInstance_CannotBeToldFromANewOne(int kept)
    {
        await using var host = new Host { WarmInstances = kept };
        var plugin = Host.Plugin();
        PluginOutcome? first = null;
        for (var i = 0; i < 5; i++)
        {
            var outcome = await host.Run(plugin, "count");
            outcome.Result.ShouldBe("1");
            outcome.FuelUsed.ShouldBe((first ??= outcome).FuelUsed);
            (await host.Run(plugin, "grow", new { pages = "8" })).Result.ShouldBe("\"grown\"");
        }
        var poor = Host.Plugin(limits: PluginLimits.Default with { Fuel = first!.FuelUsed - 1 });
        (await host.Run(poor, "count")).Error!.Code.ShouldBe("resource_exhausted.fuel");
    }
}
