using ClawGrains.Contracts;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>Components that import WASI, as those of ordinary toolchains do.</summary>
public sealed class WasiAttacks
{
    [Fact]
    public async Task RandomNumbersAndClock_AreGiven()
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(guest: "wasi"), "random-bytes", new { count = 100 })).Result.ShouldBe("""{"result":100}""");
        (await host.Run(Host.Plugin(guest: "wasi"), "time")).Error.ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, "APP_MODE")]
    [InlineData(1, "APP_MODE", "UNSET", "*")]
    [InlineData(2, "APP_MODE", "OPENAI_API_KEY")]
    public async Task Variables_AreThosePermittedByName_AndAudited(int count, params string[] permitted)
    {
        await using var host = new Host { Variables = { ["APP_MODE"] = "x", ["OPENAI_API_KEY"] = "sk", ["HOME"] = "/root" } };
        var plugin = Host.Plugin(new PluginPermissions { Environment = [.. permitted] }, guest: "wasi");
        (await host.Run(plugin, "variables")).Result.ShouldBe($$"""{"result":{{count}}}""");
        (await host.Entries("get-env")).Length.ShouldBe(permitted.Count(p => p != "*"));
    }

    [Fact]
    public async Task MoreRandomBytesThanMemory_Traps()
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(guest: "wasi"), "random-bytes", new { count = 40_000_000 })).Error.ShouldNotBeNull();
        (await host.Run(Host.Plugin(guest: "wasi"), "random-bytes", new { count = 1L << 40 })).Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task GuestThatEndsItself_IsATrap_AndTheHostGoesOn()
    {
        await using var host = new Host();
        (await host.Run(Host.Plugin(guest: "wasi"), "leave")).Error.ShouldNotBeNull().Code.ShouldBe("trap");
        (await host.Run(Host.Plugin(), "echo")).Result.ShouldBe("{}");
    }

    [Fact]
    public async Task Calls_CostFuel()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(limits: PluginLimits.Default with { Fuel = 900 }, guest: "wasi");
        (await host.Run(plugin, "time")).Error!.Code.ShouldBe("resource_exhausted.fuel");
    }

    [Fact]
    public async Task Tools_AreTold()
    {
        await using var host = new Host();
        (await host.Runtime.GetToolsAsync(Host.Plugin(guest: "wasi"), TenantId.Default)).Select(t => t.Name).ShouldBe(["random-bytes", "time", "variables", "leave"], ignoreOrder: true);
    }
}
