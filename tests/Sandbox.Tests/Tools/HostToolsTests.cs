using System.Text.Json;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Permissions;
using ClawGrains.Sandbox.Tests.Support;

namespace ClawGrains.Sandbox.Tests.Tools;

public sealed class HostToolsTests
{
    [Fact]
    public async Task PermittedTool_Runs_AsTheSameTenant()
    {
        await using var host = new Host { Tools = (call, _) => Task.FromResult(HostResult<string>.Ok($"{call.Tenant}/{call.Plugin}/{call.Name}/{call.Arguments}")) };
        (await host.RunAs("acme", Composer("notes.*"), "pass", new { tool = "notes.add", arguments = "{}" })).Result.ShouldBe("acme/probe/notes.add/{}");
        (await host.Entries("call-tool")).ShouldHaveSingleItem().Arguments.ShouldBe("notes.add {}");
    }

    [Theory]
    [InlineData("0: calling tools not permitted")]
    [InlineData("0: tool not permitted: shell.run", "notes.*", "shell")]
    public async Task OtherTool_Denied_AndAudited(string why, params string[] permitted)
    {
        await using var host = new Host { Tools = (_, _) => throw new InvalidOperationException("the tool was reached") };
        (await host.Run(Composer(permitted), "pass", new { tool = "shell.run", arguments = "{}" })).ToolError.ShouldBe(why);
        (await host.Entries("call-tool")).ShouldHaveSingleItem().Allowed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(PluginErrorKind.NotFound, "1: why")]
    [InlineData(PluginErrorKind.InvalidArguments, "2: why")]
    [InlineData(PluginErrorKind.ResourceExhausted, "3: why")]
    [InlineData(PluginErrorKind.Trap, "4: why")]
    public async Task FailedTool_IsATypedError(PluginErrorKind kind, string error)
    {
        await using var host = new Host { Tools = (_, _) => Task.FromResult(HostResult<string>.Failed(kind, "why")) };
        (await host.Run(Composer("*"), "pass", new { tool = "t", arguments = "{}" })).ToolError.ShouldBe(error);
    }

    [Fact]
    public async Task PluginThatCallsItself_IsRefused_RatherThanHeldForEver()
    {
        await using var host = new Host();
        var plugin = Composer(["*"], PluginLimits.Default with { Concurrency = 1 });
        host.Tools = (call, cancellation) => Nested(host, plugin, call.Arguments, cancellation);
        var outcome = await host.Run(plugin, "pass", new { tool = "self", arguments = """{"tool":"self","arguments":"{}"}""" }).WaitAsync(TimeSpan.FromSeconds(20));
        outcome.ToolError!.ShouldContain("calls can't go in circles");
    }

    [Fact]
    public async Task ChainOfPlugins_HasAnEnd()
    {
        await using var host = new Host();
        var number = 0;
        host.Tools = (_, cancellation) => Nested(host, Composer(["*"], id: $"link-{Interlocked.Increment(ref number)}"), """{"tool":"next","arguments":"{}"}""", cancellation);
        (await host.Run(Composer("*"), "pass", new { tool = "next", arguments = "{}" }).WaitAsync(TimeSpan.FromSeconds(60))).ToolError!.ShouldContain("plugins call each other");
        number.ShouldBe(Sandbox.Tools.CallChain.MaxLength);
    }

    [Fact]
    public async Task ToolThatNeverEnds_EndsWithThePluginsTime()
    {
        await using var host = new Host { Tools = (_, cancellation) => new TaskCompletionSource<HostResult<string>>().Task.WaitAsync(cancellation) };
        var plugin = Composer(["*"], PluginLimits.Default with { Time = TimeSpan.FromMilliseconds(300) });
        (await host.Run(plugin, "pass", new { tool = "t", arguments = "{}" })).Error!.Code.ShouldBe("resource_exhausted.time");
    }

    [Fact]
    public async Task ListedTools_AreTold()
    {
        await using var host = new Host();
        (await host.Runtime.GetToolsAsync(Composer("*"), TenantId.Default)).Select(t => t.Name).ShouldBe(["pass", "get"]);
    }

    [Fact]
    public async Task ExportedFunctions_AreTools_WithSchemasOfTheirTypes()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(guest: "functions");
        (await host.Run(plugin, "add", new { a = 2, b = -5 })).Result.ShouldBe("""{"result":-3}""");
        (await host.Run(plugin, "greet", new { name = "Ada" })).Result.ShouldBe("""{"result":"Hello, Ada"}""");
        (await host.Run(plugin, "add", new { a = "two", b = 1 })).Error!.Code.ShouldBe("invalid_arguments");
        (await host.Run(plugin, "fly")).Error!.Code.ShouldBe("not_found");
        var tools = await host.Runtime.GetToolsAsync(plugin, TenantId.Default);
        tools.Select(t => t.Name).ShouldBe(["add", "greet"]);
        using var schema = JsonDocument.Parse(tools[0].InputSchema);
        schema.RootElement.GetProperty("properties").GetProperty("a").GetProperty("type").GetString().ShouldBe("integer");
    }

    [Fact]
    public async Task ExportedFunction_AnswersWithTextThatAgentsAndPeopleCanRead()
    {
        await using var host = new Host();
        var plugin = Host.Plugin(guest: "functions");
        (await host.Run(plugin, "greet", new { name = "\"Jürgen\" <b> 東" })).Result.ShouldBe("""{"result":"Hello, \"Jürgen\" <b> 東"}""");
        (await host.Run(plugin, "greet", new { name = "\e[2J\u0085\u2028" })).Result.ShouldBe("""{"result":"Hello, \u001B[2J\u0085\u2028"}""");
    }

    private static async Task<HostResult<string>> Nested(Host host, RunnablePlugin plugin, string json, CancellationToken cancellation)
    {
        var outcome = await host.Runtime.ExecuteToolAsync(plugin, TenantId.Default, ("pass", json), cancellation);
        return outcome.Result is { } result ? HostResult<string>.Ok(result) : HostResult<string>.Failed(PluginErrorKind.Trap, outcome.ToolError ?? outcome.Error!.Message);
    }

    private static RunnablePlugin Composer(params string[] tools) => Composer(tools, null);

    private static RunnablePlugin Composer(string[] tools, PluginLimits? limits = null, string id = "probe") =>
        Host.Plugin(new PluginPermissions { Tools = [.. tools] }, limits, "composer", id);
}
