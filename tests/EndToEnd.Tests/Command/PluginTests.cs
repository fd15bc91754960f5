using System.Text.Json;
using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>Plugins as a person meets them: the built command, a running host, and MCP clients.</summary>
public sealed class PluginTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Install_PluginsTurnedOff_SaysHowToTurnThemOn()
    {
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldFail().Error.ShouldContain("claw config set plugins.enabled true");
        (await _claw.RunAsync("config", "set", "plugins.enabled", "true")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed().Output.ShouldContain("text-tools 1.0.0: enabled");
        (await _claw.RunAsync("plugin", "run", "text-tools", "word-count", "--json-args", """{"text":"a b c"}""")).ShouldSucceed().Output.ShouldBe("{\"words\":3}\n");
    }

    [Fact]
    public async Task PluginThatWasRemoved_IsNotFoundByAnyStep()
    {
        (await _claw.RunAsync("plugin", "--enable-plugins", "install", Package.Sample)).ShouldSucceed();
        (await _claw.RunAsync("plugin", "remove", "text-tools")).ShouldSucceed();
        foreach (var step in (string[])["remove", "disable", "approve", "pin"])
            (await _claw.RunAsync("plugin", "--enable-plugins", step, "text-tools")).ShouldFail().Error.ShouldContain("plugin text-tools is not installed, it was removed");
        (await _claw.RunAsync("plugin", "--enable-plugins", "run", "text-tools", "echo")).ShouldFail().Error.ShouldContain("not installed");
        (await _claw.RunAsync("plugin", "remove", "nosuch")).ShouldFail().Error.ShouldContain("no plugin nosuch is installed. See `claw plugin list`.");
    }

    [Theory]
    [InlineData("http", """{"url":"http://api.example.com/"}""", "refused http-request GET http://api.example.com/: network access not permitted. Allow it with --allow-net HOST.")]
    [InlineData("env", """{"name":"HOME"}""", "refused get-env HOME: environment access not permitted. Allow it with --allow-env NAME.")]
    public async Task File_ThatIsRefusedSomething_SaysWhichOptionAllowsIt(string tool, string arguments, string advice) =>
        (await _claw.RunAsync("plugin", "run", Package.Probe, tool, "--args", arguments)).Error.ShouldContain(advice);

    [Fact]
    public async Task Life_OfAPlugin_OverARunningHost()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        var changes = Channel.CreateUnbounded<bool>();
        await using var client = await ConnectAsync(host, changes);
        (await client.ListToolsAsync()).ShouldNotContain(t => t.Name == "echo");

        var first = Package.Write(_claw.Home, "1.0.0", """{"network":["a.example.com"]}""");
        var pending = await PluginAsync("install", first);
        (pending.GetProperty("state").GetString(), pending.GetProperty("asksFor")[0].GetString()).ShouldBe(("pending", "network: a.example.com"));
        (await _claw.RunAsync("plugin", "run", "words", "echo")).ShouldFail().Error.ShouldContain("waits for approval");

        (await PluginAsync("approve", "words")).GetProperty("state").GetString().ShouldBe("enabled");
        await changes.Reader.ReadAsync().AsTask().WaitAsync(_patience);
        var tool = (await client.ListToolsAsync()).Single(t => t.Name == "word-count");
        tool.JsonSchema.GetProperty("required")[0].GetString().ShouldBe("text");
        await CountAsync(client);

        var upgrade = await PluginAsync("upgrade", Package.Write(_claw.Home, "1.1.0", """{"network":["a.example.com","b.example.com"]}"""));
        upgrade.GetProperty("asksFor").EnumerateArray().Select(a => a.GetString()).ShouldBe(["network: b.example.com"]);
        upgrade.GetProperty("active").GetProperty("version").GetString().ShouldBe("1.0.0");
        await CountAsync(client);

        (await PluginAsync("approve", "words")).GetProperty("active").GetProperty("version").GetString().ShouldBe("1.1.0");
        (await PluginAsync("rollback", "words")).GetProperty("active").GetProperty("version").GetString().ShouldBe("1.0.0");
        await CountAsync(client);

        (await _claw.RunAsync("plugin", "remove", "words", "--purge")).ShouldSucceed();
        await GoneAsync(client, changes);
        Directory.EnumerateFileSystemEntries(Path.Combine(_claw.Data, "plugins", "packages")).ShouldBeEmpty();

        var steps = (await _claw.RunAsync("audit", "list", "--plugin", "words", "--json")).ShouldSucceed().Json.EnumerateArray().Select(r => r.GetProperty("function").GetString()).Distinct();
        steps.ShouldBe(["plugin.install", "plugin.upgrade", "plugin.approve", "approval.approve", "execute-tool", "plugin.rollback", "plugin.remove", "plugin.purge"], ignoreOrder: true);
        (await _claw.RunAsync("audit", "verify")).ShouldSucceed().Output.ShouldStartWith("intact");
    }

    [Fact]
    public async Task Stdio_WithoutAHost_ServesPluginsThatAnotherProcessInstalls()
    {
        (await _claw.RunAsync("config", "set", "plugins.enabled", "true")).ShouldSucceed();
        var changes = Channel.CreateUnbounded<bool>();
        var transport = new StdioClientTransport(new()
        {
            Command = "dotnet", Arguments = [Path.Combine(AppContext.BaseDirectory, "claw.dll"), "mcp", "--data", _claw.Data, "--workspace", _claw.Workspace],
        });
        await using var client = await McpClient.CreateAsync(transport, Options(changes));
        (await client.ListToolsAsync()).ShouldNotContain(t => t.Name == "echo");
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        await changes.Reader.ReadAsync().AsTask().WaitAsync(_patience);
        await CountAsync(client);
        (await _claw.RunAsync("audit", "verify")).ShouldSucceed();
    }

    [Fact]
    public async Task Call_OfAToolThatFails_IsAnErrorWithAStableCode()
    {
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        await using var client = await ConnectAsync(host, Channel.CreateUnbounded<bool>());
        await client.ListToolsAsync();
        (await _claw.RunAsync("plugin", "disable", "text-tools")).ShouldSucceed();
        var listed = await client.ListToolsAsync();
        if (listed.Any(t => t.Name == "echo"))
        {
            var refused = await client.CallToolAsync("echo", new Dictionary<string, object?>());
            (refused.IsError, refused.Meta!["clawgrains/code"]!.GetValue<string>()).ShouldBe((true, "permission_denied"));
        }
        (await _claw.RunAsync("plugin", "run", "text-tools", "echo", "--json")).ShouldFail().Json.GetProperty("code").GetString().ShouldBe("permission_denied");
    }

    [Fact]
    public async Task Tenants_SamePluginName_AreApart()
    {
        await using var host = await _claw.ServeAsync("--enable-plugins");
        (await _claw.RunAsync("plugin", "install", Package.Sample, "--tenant", "one")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "install", Package.Write(_claw.Home, "2.0.0", id: "text-tools"), "--tenant", "two")).ShouldSucceed();
        (await ShowAsync("one")).ShouldBe("1.0.0");
        (await ShowAsync("two")).ShouldBe("2.0.0");
        (await _claw.RunAsync("plugin", "show", "text-tools")).ShouldFail();
        (await _claw.RunAsync("plugin", "remove", "text-tools", "--purge", "--tenant", "one")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "run", "text-tools", "echo", "--tenant", "two")).ShouldSucceed().Output.ShouldBe("{}\n");
        var tenants = (await _claw.RunAsync("audit", "list", "--tenant", "two", "--json")).ShouldSucceed().Json.EnumerateArray().Select(r => r.GetProperty("tenant").GetString()).Distinct();
        tenants.ShouldBe(["two"]);
    }

    [Fact]
    public async Task Run_OfAFile_NeedsNoInstallAndIsAudited()
    {
        var file = Path.Combine(Package.Sample, "plugin.wasm");
        (await _claw.RunAsync("plugin", "run", file, "--tool", "word-count", "--args", """{"text":"a b"}""")).ShouldSucceed().Output.ShouldBe("{\"words\":2}\n");
        (await _claw.RunAsync("plugin", "run", file, "--tool", "nothing")).ShouldFail().Error.ShouldContain("has no tool 'nothing'; it has word-count, echo");
        (await _claw.RunAsync("plugin", "run", file)).ShouldFail().Error.ShouldContain("word-count, echo");
        (await _claw.RunAsync("audit", "list", "--function", "execute-tool", "--json")).ShouldSucceed().Json.GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Validate_TellsPlacesOfErrors()
    {
        _claw.Home.Write("bad/clawgrains.plugin.json", "{\n  \"id\": \"a b\",\n  \"name\": \"x\",\n  \"version\": \"1\"\n}");
        var error = (await _claw.RunAsync("plugin", "validate", Path.Combine(_claw.Home.Path, "bad"))).ShouldFail().Error;
        error.ShouldContain("clawgrains.plugin.json:2:9");
        (await _claw.RunAsync("plugin", "validate", Package.Sample)).ShouldSucceed().Output.ShouldContain("word-count");
    }

    [Fact]
    public async Task Words_ThatAreOff_EndWithCodeTwo()
    {
        (await _claw.RunAsync("plugin", "instal", "x")).ShouldFail(2);
        (await _claw.RunAsync("plugin", "list", "--tenant", "A B")).ShouldFail(2);
        (await _claw.RunAsync("audit", "list", "--decision", "maybe")).ShouldFail(2);
    }

    private async Task<JsonElement> PluginAsync(params string[] words) =>
        (await _claw.RunAsync(["plugin", .. words, "--json"])).ShouldSucceed().Json.GetProperty("plugin");

    private async Task<string?> ShowAsync(string tenant) =>
        (await _claw.RunAsync("plugin", "show", "text-tools", "--tenant", tenant, "--json")).ShouldSucceed().Json.GetProperty("active").GetProperty("version").GetString();

    private static async Task CountAsync(McpClient client)
    {
        var result = await client.CallToolAsync("word-count", new Dictionary<string, object?> { ["text"] = "one two three" });
        result.StructuredContent!.Value.GetProperty("words").GetInt32().ShouldBe(3);
        ((TextContentBlock)result.Content.Single()).Text.ShouldBe("{\"words\":3}");
    }

    private static async Task GoneAsync(McpClient client, Channel<bool> changes)
    {
        while ((await client.ListToolsAsync()).Any(t => t.Name == "word-count")) await changes.Reader.ReadAsync().AsTask().WaitAsync(_patience);
    }

    private async Task<McpClient> ConnectAsync(ClawHost host, Channel<bool> changes)
    {
        var transport = new HttpClientTransport(new() { Endpoint = new Uri($"{host.Url}/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, host.Http);
        return await McpClient.CreateAsync(transport, Options(changes));
    }

    // A revision with sessions, in which changes are told without being asked for.
    private static McpClientOptions Options(Channel<bool> changes) => new()
    {
        ProtocolVersion = "2025-06-18",
        Handlers = new()
        {
            NotificationHandlers = [new(NotificationMethods.ToolListChangedNotification, (_, _) =>
            {
                changes.Writer.TryWrite(true);
                return default;
            })],
        },
    };
}
