using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.State;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.State;

public sealed class StateTests : IAsyncLifetime
{
    private readonly Host _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Value_OutlivesItsCall()
    {
        (await Run("get", new { key = "a" })).Result.ShouldBe("null");
        (await Run("set", new { key = "a", value = "one" })).Result.ShouldBe("true");
        (await Run("set", new { key = "a", value = "two" })).Result.ShouldBe("true");
        (await Run("get", new { key = "a" })).Result.ShouldBe("\"two\"");
        (await Run("delete", new { key = "a" })).Result.ShouldBe("true");
        (await Run("delete", new { key = "a" })).Result.ShouldBe("false");
    }

    [Fact]
    public async Task Keys_ComeInOrder_ByPrefixAndPage()
    {
        foreach (var key in (string[])["b", "a2", "a1", "a%", "A"]) await Run("set", new { key, value = "x" });
        (await Run("keys", new { prefix = "a" })).Result.ShouldBe("\"a%,a1,a2\"");
        (await Run("keys", new { prefix = "a", after = "a%", limit = "1" })).Result.ShouldBe("\"a1\"");
        (await Run("keys", new { prefix = "" })).Result.ShouldBe("\"A,a%,a1,a2,b\"");
    }

    [Fact]
    public async Task WithoutPermission_Denied_AndAudited()
    {
        (await Run("get", new { key = "a" }, PluginPermissions.None)).ToolError.ShouldBe("0: keeping state not permitted");
        (await _host.Entries("state-get")).ShouldHaveSingleItem().Allowed.ShouldBeFalse();
        (await Run("set", new { key = "a", value = "v" })).Result.ShouldBe("true");
        (await _host.Entries("state-set")).ShouldHaveSingleItem().Arguments.ShouldBe("a (1 bytes)");
    }

    [Fact]
    public async Task Quota_IsKept_AndFreedByDeleting()
    {
        var limits = PluginLimits.Default with { StateBytes = 1000 };
        (await Run("set", new { key = "a", bytes = "900" }, limits: limits)).Result.ShouldBe("true");
        (await Run("set", new { key = "b", bytes = "200" }, limits: limits)).ToolError!.ShouldStartWith("2: at most");
        (await Run("get", new { key = "b" })).Result.ShouldBe("null", "a refused value was kept");
        (await Run("set", new { key = "a", bytes = "100" }, limits: limits)).Result.ShouldBe("true");
        (await Run("set", new { key = "b", bytes = "200" }, limits: limits)).Result.ShouldBe("true");
    }

    [Fact]
    public async Task NumberOfValues_IsKept()
    {
        var limits = PluginLimits.Default with { StateEntries = 2 };
        foreach (var key in (string[])["a", "b"]) (await Run("set", new { key, value = "x" }, limits: limits)).Result.ShouldBe("true");
        (await Run("set", new { key = "c", value = "x" }, limits: limits)).ToolError!.ShouldStartWith("2:");
    }

    [Fact]
    public async Task KeyThatIsEmptyOrLong_Refused()
    {
        (await Run("set", new { key = "", value = "x" })).ToolError!.ShouldStartWith("1:");
        (await Run("set", new { key = new string('k', 257), value = "x" })).ToolError!.ShouldStartWith("1:");
    }

    [Fact]
    public async Task ForgottenPlugin_LeavesNothing()
    {
        await Run("set", new { key = "a", value = "x" });
        await _host.State.ForgetAsync(new StateOwner(TenantId.Default, new PluginId("probe")), CancellationToken.None);
        (await Run("get", new { key = "a" })).Result.ShouldBe("null");
    }

    private Task<PluginOutcome> Run(string tool, object parameters, PluginPermissions? permissions = null, PluginLimits? limits = null) =>
        _host.Run(Host.Plugin(permissions ?? new PluginPermissions { State = true }, limits, "composer"), tool, parameters);
}
