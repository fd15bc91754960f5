using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

/// <summary>Two tenants with a plugin of the same name.</summary>
public sealed class TenantAttacks
{
    private static readonly RunnablePlugin Keeper = Host.Plugin(new PluginPermissions { State = true }, guest: "composer");

    [Fact]
    public async Task State_IsEachTenantsOwn()
    {
        await using var host = new Host();
        await host.RunAs("acme", Keeper, "set", new { key = "k", value = "acme's" });
        (await host.RunAs("umbrella", Keeper, "get", new { key = "k" })).Result.ShouldBe("null");
        (await host.RunAs("umbrella", Keeper, "keys", new { prefix = "" })).Result.ShouldBe("\"\"");
        (await host.RunAs("acme", Keeper, "get", new { key = "k" })).Result.ShouldBe("\"acme's\"");
    }

    [Fact]
    public async Task State_IsEachPluginsOwn()
    {
        await using var host = new Host();
        await host.RunAs("acme", Keeper, "set", new { key = "k", value = "mine" });
        var other = Host.Plugin(new PluginPermissions { State = true }, guest: "composer", id: "other");
        (await host.RunAs("acme", other, "get", new { key = "k" })).Result.ShouldBe("null");
    }

    [Fact]
    public async Task Memory_IsNeverHandedOn()
    {
        await using var host = new Host();
        foreach (var tenant in (string[])["acme", "umbrella", "acme", "umbrella"])
            (await host.RunAs(tenant, Host.Plugin(), "count")).Result.ShouldBe("1");
    }

    [Fact]
    public async Task Concurrency_IsEachTenantsOwn()
    {
        await using var host = new Host();
        var limits = Limits.PluginLimits.Default with { Concurrency = 1, QueueLength = 0, Time = TimeSpan.FromSeconds(60), Fuel = 10_000_000_000_000 };
        using var stop = new CancellationTokenSource();
        var loop = host.Runtime.ExecuteToolAsync(Host.Plugin(limits: limits), Contracts.TenantId.Parse("acme"), ("loop", "{}"), stop.Token);
        (await host.RunAs("acme", Host.Plugin(limits: limits), "echo")).Error!.Code.ShouldBe("resource_exhausted.rate");
        (await host.RunAs("umbrella", Host.Plugin(limits: limits), "echo")).Result.ShouldBe("{}");
        await stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task Audit_NamesTheTenantOfEachRecord()
    {
        await using var host = new Host();
        await host.RunAs("acme", Host.Plugin(), "log", new { message = "x" });
        await host.RunAs("umbrella", Host.Plugin(), "log", new { message = "y" });
        (await host.Entries("log")).Select(e => e.Tenant.Value).ShouldBe(["acme", "umbrella"], ignoreOrder: true);
    }
}
