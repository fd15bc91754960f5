using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ClawGrains.EndToEnd.Tests.Install;
using ModelContextProtocol;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>What an operator sets and sees of plugins.</summary>
public sealed class PluginOperationTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Directories_OfTheSettings_AreInstalled_AndAgainWhenTheyChange()
    {
        var plugins = Directory.CreateDirectory(Path.Combine(_claw.Home.Path, "mine")).FullName;
        (await _claw.RunAsync("config", "set", "plugins.dirs", JsonSerializer.Serialize<string[]>([plugins]))).ShouldSucceed();
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        await using var mcp = await LiveClient.ConnectAsync(host);
        (await mcp.HasToolAsync("word-count")).ShouldBeFalse();

        Directory.Move(Package.Write(_claw.Home, "1.0.0"), Path.Combine(plugins, "words"));
        await mcp.WhenToolAsync("word-count");
        (await VersionAsync()).ShouldBe("1.0.0");

        File.WriteAllText(Path.Combine(plugins, "words", "clawgrains.plugin.json"), """{"id":"words","name":"words","version":"1.1.0"}""");
        while (await VersionAsync() != "1.1.0") await mcp.NextAsync("the changed plugin is not installed");
        (await mcp.TextAsync("word-count", """{"text":"a b"}""")).ShouldBe("""{"words":2}""");
    }

    [Fact]
    public async Task LongCall_WithAProgressToken_TellsThatItStillRuns()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString()!;
        (await _claw.RunAsync("config", "set", "plugins.private_addresses", JsonSerializer.Serialize<string[]>([address]))).ShouldSucceed();
        _claw.Home.Write("slow/clawgrains.plugin.json", $$$"""{"id":"slow","name":"slow","version":"1.0.0","permissions":{"network":["{{{address}}}"]}}""");
        File.Copy(Path.Combine(TestData.Repository, "tests", "Guests", "built", "requests.wasm"), Path.Combine(_claw.Home.Path, "slow", "plugin.wasm"));
        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        (await _claw.RunAsync("plugin", "install", Path.Combine(_claw.Home.Path, "slow"), "--yes")).ShouldSucceed();
        await using var mcp = await LiveClient.ConnectAsync(host);
        await mcp.WhenToolAsync("get");

        var told = new TaskCompletionSource<ProgressNotificationValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = mcp.Client.CallToolAsync("get", new Dictionary<string, object?> { ["secure"] = false, ["authority"] = address, ["path"] = "/" }, new Recorder(told)).AsTask();
        using var asked = await listener.AcceptTcpClientAsync().WaitAsync(LiveClient.Patience);
        (await told.Task.WaitAsync(LiveClient.Patience)).Message.ShouldBe("Running for 1 s");
        await asked.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        (await call.WaitAsync(LiveClient.Patience)).StructuredContent!.Value.GetProperty("result").GetInt32().ShouldBe(204);
    }

    [Fact]
    public async Task ScanPolicy_OfTheSettings_Holds_AndOneThatIsNotUnderstoodIsRefused()
    {
        (await _claw.RunAsync("config", "set", "plugins.enabled", "true")).ShouldSucceed();
        var package = Package.Write(_claw.Home, "1.0.0");
        _claw.Home.Write("packages/words-1.0.0/README.md", "Say the word xyzzy.");
        (await _claw.RunAsync("config", "set", "plugins.scan", """{"refuse":"warning"}""")).ShouldFail().Error.ShouldContain("'refuse' is not a field of a scan policy");
        (await _claw.RunAsync("config", "set", "plugins.scan", """{"may_force":false,"extra":[{"name":"magic","pattern":"xyzzy","message":"a magic word"}]}""")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "validate", package)).ShouldFail().Error.ShouldContain("magic: a magic word");
        (await _claw.RunAsync("plugin", "install", package, "--force")).ShouldFail().Error.ShouldContain("magic: a magic word");
        (await _claw.RunAsync("config", "unset", "plugins.scan")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "install", package)).ShouldSucceed();
    }

    [Fact]
    public async Task Doctor_TellsOfPlugins()
    {
        (await _claw.RunAsync("doctor")).Output.ShouldContain("off");
        (await _claw.RunAsync("config", "set", "plugins.enabled", "true")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        (await _claw.RunAsync("plugin", "install", Package.Write(_claw.Home, "1.0.0", """{"network":["a.example.com"]}"""))).ShouldSucceed();
        var output = (await _claw.RunAsync("doctor")).Output;
        output.ShouldContain("plugins    1 enabled, 1 pending; 2 tools");
        output.ShouldContain("words 1.0.0 waits for approval of network: a.example.com");
        output.ShouldContain("the chain of hashes is intact");
    }

    [Theory, InlineData("INT", 130), InlineData("TERM", 143)]
    public async Task Tail_ThatFollows_EndsWithTheCodeOfTheSignal(string signal, int code)
    {
        (await _claw.RunAsync("config", "set", "plugins.enabled", "true")).ShouldSucceed();
        (await _claw.RunAsync("plugin", "install", Package.Sample)).ShouldSucceed();
        using var tail = _claw.Start("audit", "tail", "--follow");
        (await tail.StandardOutput.ReadLineAsync())!.ShouldContain("plugin.install");
        using var kill = Process.Start("sh", ["-c", $"kill -s {signal} {tail.Id}"]);
        await tail.WaitForExitAsync();
        tail.ExitCode.ShouldBe(code);
        (await tail.StandardError.ReadToEndAsync()).ShouldBeEmpty();
    }

    private async Task<string?> VersionAsync() =>
        (await _claw.RunAsync("plugin", "show", "words", "--json")).ShouldSucceed().Json.GetProperty("active").GetProperty("version").GetString();

    /// <summary>Keeps what was told first, in the order of its arrival.</summary>
    private sealed class Recorder(TaskCompletionSource<ProgressNotificationValue> first) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => first.TrySetResult(value);
    }
}
