using ClawGrains.EndToEnd.Tests.Install;

namespace ClawGrains.EndToEnd.Tests.Command;

/// <summary>What <c>claw plugin new</c> writes, built and tested as it says, installed, and called over MCP.</summary>
public sealed class PluginNewTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [ProgramFact("node", "npm")]
    public Task AssemblyScript_Built_RunsAsATool() => BuildAndCallAsync("assemblyscript");

    [ProgramFact("node", "npm", "clang-19", "wasm-ld-19")]
    public Task C_Built_RunsAsATool() => BuildAndCallAsync("c");

    [Fact]
    public async Task Directory_ThatIsNotEmpty_IsLeftAlone()
    {
        (await _claw.RunAsync("plugin", "new", "words")).ShouldSucceed().Output.ShouldContain("npm ci && npm run build");
        (await _claw.RunAsync("plugin", "new", "words")).ShouldFail().Error.ShouldContain("not empty");
        (await _claw.RunAsync("plugin", "new", "wor ds")).ShouldFail().Error.ShouldContain("is not a plugin's id");
        (await _claw.RunAsync("plugin", "new", "other", "--lang", "cobol")).ShouldFail(2);
    }

    private async Task BuildAndCallAsync(string language)
    {
        (await _claw.RunAsync("plugin", "new", "words", "--lang", language)).ShouldSucceed();
        var project = Path.Combine(_claw.Workspace, "words");
        await ToolProcess.SucceedAsync(project, "npm", "ci", "--no-audit", "--no-fund");
        await ToolProcess.SucceedAsync(project, "npm", "run", "build");
        // The test of the project runs the command, which here is a library for `dotnet`.
        await File.WriteAllTextAsync(Path.Combine(project, ".claw"), Launcher());
        await ToolProcess.SucceedAsync(project, "npm", "test");
        (await _claw.RunAsync("plugin", "validate", "words")).ShouldSucceed().Output.ShouldContain("word-count");

        await using var host = (await _claw.ServeAsync("--enable-plugins")).WithToken(_claw.Data);
        (await _claw.RunAsync("plugin", "install", "words")).ShouldSucceed().Output.ShouldContain("enabled");
        await using var mcp = await LiveClient.ConnectAsync(host);
        await mcp.WhenToolAsync("word-count");
        (await mcp.TextAsync("word-count", """{"text":"one two three"}""")).ShouldBe("""{"words":3}""");
    }

    private string Launcher()
    {
        var launcher = Path.Combine(_claw.Home.Path, "claw");
        File.WriteAllText(launcher, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "claw.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return launcher;
    }
}
