using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Security;

public sealed class AuditAttacks
{
    [Fact]
    public async Task T37_EveryHostFunctionAllowed_LeavesARecord()
    {
        using var server = new LoopbackServer(_ => LoopbackServer.Ok("ok"));
        await using var host = new Host { PermittedPrivate = { server.EndPoint } };
        var plugin = Host.Plugin(new PluginPermissions { Network = [$"a.example:{server.Port}"], Filesystem = ["data"], Environment = ["APP"] });
        await CallAll(host, plugin, $"http://a.example:{server.Port}/?token=abc123");
        foreach (var function in Functions)
        {
            var entry = (await host.Entries(function)).ShouldHaveSingleItem();
            entry.Allowed.ShouldBeTrue(function);
            entry.Plugin.ShouldBe("probe");
            entry.CallId.ShouldNotBeEmpty();
            entry.Arguments.ShouldNotContain("abc123");
        }
    }

    [Fact]
    public async Task T38_EveryHostFunctionDenied_LeavesARecordWithTheReason()
    {
        await using var host = new Host { Time = new ManualTime() };
        await CallAll(host, Host.Plugin(limits: Limits.PluginLimits.Default with { LogsPerMinute = 0 }), "http://a.example/");
        foreach (var function in Functions)
        {
            var entry = (await host.Entries(function)).ShouldHaveSingleItem();
            entry.Allowed.ShouldBeFalse(function);
            entry.Reason.ShouldNotBeEmpty();
        }
        (await host.Audit.VerifyAsync()).IsIntact.ShouldBeTrue();
    }

    private static readonly string[] Functions = ["http-request", "read-file", "write-file", "get-env", "log"];

    private static async Task CallAll(Host host, Execution.RunnablePlugin plugin, string url)
    {
        await host.Run(plugin, "http", new { url });
        await host.Run(plugin, "write", new { path = "data/a", content = "x" });
        await host.Run(plugin, "read", new { path = "data/a" });
        await host.Run(plugin, "env", new { name = "APP" });
        await host.Run(plugin, "log", new { message = "x" });
    }
}
