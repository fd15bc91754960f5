using System.Text.Json;
using ClawGrains.EndToEnd.Tests.Command;
using ClawGrains.EndToEnd.Tests.Install;

namespace ClawGrains.EndToEnd.Tests.Live;

/// <summary>
/// Each way in which a new version of a skill can be broken: the old one serves on, text and tools; it is said once, with the
/// place; and mending the file is all it takes.
/// </summary>
public sealed class BrokenCandidateTests : IAsyncLifetime
{
    private readonly Claw _claw = new();
    private CarryingSkill _skill = null!;
    private ClawHost _host = null!;
    private LiveClient _mcp = null!;

    public async Task InitializeAsync()
    {
        _skill = new CarryingSkill(_claw.Home);
        _skill.Write();
        _host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        _mcp = await LiveClient.ConnectAsync(_host);
        await _mcp.WhenToolAsync("word-count");
    }

    public async Task DisposeAsync()
    {
        await _mcp.DisposeAsync();
        await _host.DisposeAsync();
        _claw.Dispose();
    }

    [Fact]
    public Task BadYaml_OldVersionServesUntilMended() =>
        BrokenAsync("SKILL.md:2:", () => File.WriteAllText(_skill.Markdown, "---\nname: [\n---\nNew text.\n"));

    [Fact]
    public Task HalfWrittenSkill_OldVersionServesUntilMended() =>
        BrokenAsync("SKILL.md", () => File.WriteAllText(_skill.Markdown, "---\nname: words\ndescri"));

    [Fact]
    public Task BadManifest_OldVersionServesUntilMended() =>
        BrokenAsync("clawgrains.plugin.json:2:", () => File.WriteAllText(_skill.Manifest, "{\n  \"id\": \"no id\", \"name\": \"x\", \"version\": \"1.0.0\" }"));

    [Fact]
    public Task HalfWrittenManifest_OldVersionServesUntilMended() =>
        BrokenAsync("clawgrains.plugin.json:1:", () => File.WriteAllText(_skill.Manifest, File.ReadAllText(_skill.Manifest)[..40]));

    [Fact]
    public Task BadComponent_OldVersionServesUntilMended() =>
        BrokenAsync("dist/plugin.wasm: it is no WebAssembly", () => File.WriteAllText(_skill.Component, "<html>404 not found</html>"));

    [Fact]
    public Task CoreModuleForAComponent_OldVersionServesUntilMended() =>
        BrokenAsync("dist/plugin.wasm: it is a core module", () => File.WriteAllBytes(_skill.Component, [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));

    [Fact]
    public Task HalfWrittenComponent_OldVersionServesUntilMended() =>
        BrokenAsync("dist/plugin.wasm: it is no valid component", () => File.WriteAllBytes(_skill.Component, File.ReadAllBytes(CarryingSkill.Functions)[..^100]));

    [Fact]
    public Task TooLargeComponent_OldVersionServesUntilMended() => BrokenAsync("dist/plugin.wasm: the component has", () =>
    {
        // A custom section that holds nothing: as valid as it was, and beyond the limit.
        var section = new byte[400_000];
        section[0] = 0;
        byte[] size = [(byte)((section.Length & 0x7f) | 0x80), (byte)(((section.Length >> 7) & 0x7f) | 0x80), (byte)(section.Length >> 14)];
        File.WriteAllBytes(_skill.Component, [.. File.ReadAllBytes(CarryingSkill.Words), 0, .. size, .. section]);
    });

    [Fact]
    public Task DeniedPermission_OldVersionServesUntilMended() =>
        BrokenAsync("clawgrains.plugin.json: this host does not allow shell", () => _skill.Plugin("""{"shell":true}"""));

    [Fact]
    public Task DeletedFolderOfTheComponent_OldVersionServesUntilMended() =>
        BrokenAsync("clawgrains.plugin.json: it names the component 'dist/plugin.wasm'", () => Directory.Delete(Path.GetDirectoryName(_skill.Component)!, recursive: true));

    [Fact]
    public async Task DeletedFolder_OldVersionServesUntilItIsBack()
    {
        Directory.Delete(_skill.Folder, recursive: true);
        await StaleAsync("the skill's folder is gone since");
        (await _mcp.TextAsync("word-count", """{"text":"a b"}""")).ShouldBe("""{"words":2}""");
        (await _mcp.TextAsync("words")).ShouldContain("Count words.");
        (await _claw.RunAsync("skill", "show", "words")).ShouldSucceed().Output.ShouldContain("claw skill remove words");
        (await _host.Http.PostAsync("/api/v1/reload", null)).EnsureSuccessStatusCode();
        _host.Log.Count(l => l.Contains("folder is gone", StringComparison.Ordinal)).ShouldBe(1);
        _skill.Write(CarryingSkill.Functions);
        await MendedAsync();
        await _mcp.WhenToolAsync("add");
    }

    [Fact]
    public async Task DeletedFolder_RemovedByCommand_IsGoneAtOnce()
    {
        Directory.Delete(_skill.Folder, recursive: true);
        await StaleAsync("the skill's folder is gone since");
        (await _claw.RunAsync("skill", "remove", "words")).ShouldSucceed().Output.ShouldBe("Removed words\n");
        await _mcp.WhenToolAsync("word-count", there: false);
        (await _claw.RunAsync("skill", "show", "words")).ShouldFail();
    }

    [Fact]
    public async Task PermissionDeniedByTheOperatorLater_OldVersionServesUntilItIsAllowed()
    {
        (await _claw.RunAsync("config", "set", "plugins.capabilities.deny", """["network"]""")).ShouldSucceed();
        _skill.Text("New text.");
        _skill.Plugin("""{"network":["a.example.com"]}""");
        await StaleAsync("this host does not allow network");
        (await _claw.RunAsync("config", "unset", "plugins.capabilities.deny")).ShouldSucceed();
        await MendedAsync();
        (await _claw.RunAsync("approvals", "list")).ShouldSucceed().Output.ShouldContain("words");
    }

    private async Task BrokenAsync(string place, Action breakIt)
    {
        breakIt();
        var reason = await StaleAsync(place);
        (await _mcp.TextAsync("word-count", """{"text":"a b"}""")).ShouldBe("""{"words":2}""");
        (await _mcp.TextAsync("words")).ShouldContain("Count words.");
        var shown = (await _claw.RunAsync("skill", "show", "words")).ShouldSucceed().Output;
        shown.ShouldContain("stale");
        shown.ShouldContain(place);
        var validated = (await _claw.RunAsync("skill", "validate", _skill.Folder)).ShouldFail();
        validated.Error.ShouldContain(place);
        (await _host.Http.PostAsync("/api/v1/reload", null)).EnsureSuccessStatusCode();
        _host.Log.Count(l => l.Contains(place, StringComparison.Ordinal)).ShouldBe(1, $"one report of {reason}: {string.Join('\n', _host.Log)}");

        _skill.Plugin("{}");
        _skill.Build(CarryingSkill.Functions);
        _skill.Text("New text.");
        await MendedAsync();
        await _mcp.WhenToolAsync("add");
        (await _mcp.TextAsync("add", """{"a":2,"b":3}""")).ShouldBe("""{"result":5}""");
        (await _mcp.TextAsync("words")).ShouldContain("New text.");
    }

    private async Task<string> StaleAsync(string place)
    {
        var list = await WhenAsync($"a report of {place}", l => l.GetProperty("invalid").EnumerateArray().Any(i => Text(i).Contains(place, StringComparison.Ordinal)));
        var bad = list.GetProperty("invalid").EnumerateArray().ShouldHaveSingleItem();
        bad.GetProperty("serving").GetString().ShouldBe("words");
        return Text(bad);
    }

    private async Task MendedAsync() => await WhenAsync("mending", l =>
        l.GetProperty("invalid").GetArrayLength() == 0 && l.GetProperty("skills").EnumerateArray().All(s => !s.TryGetProperty("stale", out _)));

    private async Task<JsonElement> WhenAsync(string phase, Func<JsonElement, bool> holds)
    {
        using var limit = new CancellationTokenSource(LiveClient.Patience);
        while (true)
        {
            var list = JsonDocument.Parse(await _host.Http.GetStringAsync("/api/v1/skills", CancellationToken.None)).RootElement;
            if (holds(list)) return list;
            limit.IsCancellationRequested.ShouldBeFalse($"waited in vain for {phase}: {list.GetProperty("invalid")}");
        }
    }

    private static string Text(JsonElement invalid)
    {
        var line = invalid.GetProperty("line").GetInt32();
        return $"{invalid.GetProperty("path").GetString()}{(line > 0 ? $":{line}:{invalid.GetProperty("column").GetInt32()}" : "")}: {invalid.GetProperty("reason").GetString()}";
    }
}
