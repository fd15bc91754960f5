using System.Diagnostics;
using System.Text.Json;

namespace ClawGrains.Client.Tests.Components;

public sealed class ComponentCommandTests
{
    private static readonly string Command = Data("command.wasm");
    private static readonly string Calls = Data("calls.wasm");

    [Theory]
    [InlineData("hello", 0, "hello\n")]
    [InlineData("--json", 0, "--json\n")]
    [InlineData("fail", 1, "")]
    [InlineData("exit", 1, "")]
    [InlineData("trap", 134, "")]
    public void Run_OfCommand_PassesTheExitCodeThrough(string word, int expected, string output)
    {
        var (code, report, _) = ComponentCommand.Run("run", Command, "--json", "--", word);
        code.ShouldBe(expected);
        Json(report).GetProperty("exitCode").GetInt32().ShouldBe(expected);
        Json(report).GetProperty("stdout").GetString().ShouldBe(output);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("--arg", "hello")]
    [InlineData("--arg=hello", "more")]
    public void Run_WithArguments_PassesThemOn(params string[] words) =>
        Json(ComponentCommand.Run(["run", Command, "--json", .. words]).Output).GetProperty("stdout").GetString().ShouldBe("hello\n");

    [Theory]
    [InlineData("spin")]
    [InlineData("sleep")]
    public void Run_BeyondTheTimeout_IsInterrupted(string word)
    {
        var (code, report, _) = ComponentCommand.Run("run", Command, "--json", "--timeout", "200ms", word);
        Json(report).GetProperty("error").GetProperty("trap").GetString().ShouldBe("interrupted");
        code.ShouldBe(134);
    }

    [ProgramFact("sh", "dotnet")]
    public async Task Run_WithStandardStreamsClosed_FindsThemAtTheirEnd()
    {
        (await Shell("<&-")).ShouldStartWith("0 bytes 0 lines eof=1 err=0\nagain 0\n");
        (await Shell("<&- 2>&-")).ShouldStartWith("0 bytes 0 lines eof=1 err=0\nagain 0\n");
        (await Shell("</dev/null >&-")).ShouldBeEmpty();
    }

    [ProgramFact("sh", "dotnet")]
    public async Task Run_EndedByASignal_HasTheExitCodeOfIt()
    {
        (await EndAsync("INT")).ShouldBe(130);
        (await EndAsync("TERM")).ShouldBe(143);
    }

    /// <summary>Sends the signal when the guest waits for more of its standard input.</summary>
    private static async Task<int> EndAsync(string signal)
    {
        string[] command = [.. DefaultSignals.Prefix, "dotnet", Path.Combine(AppContext.BaseDirectory, "claw.dll"), "wasm", "run", Command, "cat"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync("here");
        await process.StandardInput.FlushAsync();
        (await process.StandardOutput.ReadLineAsync()).ShouldBe("here");
        using var kill = Process.Start("sh", ["-c", $"kill -s {signal} {process.Id}"]);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>The program itself in a shell, since only a new process can lack its standard streams.</summary>
    private static async Task<string> Shell(string redirections)
    {
        var claw = Path.Combine(AppContext.BaseDirectory, "claw.dll");
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$0\" wasm run \"$1\" {redirections}", claw, Data("commands/stdin.wasm")]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output;
    }

    [Fact]
    public void Run_WithoutEnoughFuel_Traps()
    {
        var (_, report, _) = ComponentCommand.Run("run", Command, "--json", "--fuel", "1000000", "spin");
        Json(report).GetProperty("error").GetProperty("trap").GetString().ShouldBe("outOfFuel");
        Json(report).GetProperty("fuelUsed").GetInt64().ShouldBe(1_000_000);
    }

    [Fact]
    public void Run_WithTooLittleMemory_SaysSo()
    {
        var (code, _, error) = ComponentCommand.Run("run", Command, "--memory", "64KB", "hello");
        error.ShouldContain("memory of 131072 bytes is beyond the store's 65536");
        code.ShouldBe(1);
    }

    [Theory]
    [InlineData("add(20, 22)", "42")]
    [InlineData("echo(\"grüße\")", "\"grüße\"")]
    [InlineData("echo-points([{x: 1, y: -2}])", "[{x: 1, y: -2}]")]
    public void Invoke_WithWave_PrintsTheResult(string call, string expected)
    {
        var (code, output, error) = ComponentCommand.Run("run", Calls, "--invoke", call);
        error.ShouldBeEmpty();
        output.ShouldBe(expected + "\n");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("42", "add", "20", "22")]
    [InlineData("\"grüße, \\\"du\\\"\"", "echo", "grüße, \"du\"")]
    [InlineData("\"a(b)\"", "echo", "\"a(b)\"")]
    [InlineData("[{x: 1, y: -2}]", "echo-points", "[{x: 1, y: -2}]")]
    public void Invoke_WithWords_TakesEachForAnArgument(string expected, params string[] words)
    {
        var (code, output, error) = ComponentCommand.Run(["run", Calls, "--invoke", .. words]);
        error.ShouldBeEmpty();
        output.ShouldBe(expected + "\n");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("the parameter `b` (u32) is missing", "add", "1")]
    [InlineData("3 arguments are given: the function takes (a: u32, b: u32)", "add", "1", "2", "3")]
    [InlineData("parameter `b` (u32)", "add", "1", "two")]
    public void Invoke_WithWordsThatDontFit_SaysWhatItTakes(string expected, params string[] words)
    {
        var (code, _, error) = ComponentCommand.Run(["run", Calls, "--invoke", .. words]);
        error.ShouldContain(expected);
        code.ShouldBe(2);
    }

    [Fact]
    public void Invoke_WithJson_GivesTypeAndBothForms()
    {
        var result = Json(ComponentCommand.Run("run", "--invoke", "echo-points([{x: 1, y: -2}])", Calls, "--json").Output).GetProperty("results")[0];
        result.GetProperty("value").GetString().ShouldBe("[{x: 1, y: -2}]");
        result.GetProperty("json")[0].GetProperty("y").GetInt32().ShouldBe(-2);
        result.GetProperty("type").GetString()!.ShouldContain("list<");
    }

    [Theory]
    [InlineData("plugin#describe()")]
    [InlineData("describe()")]
    public void Invoke_OfInterfaceFunction_NeedsTheInterfaceOnlyWhereItIsNotTheOnlyOne(string call)
    {
        var plugin = Path.Combine(TestData.Repository, "samples/plugins/c/plugin.wasm");
        ComponentCommand.Run("run", plugin, "--invoke", call).Output.ShouldContain("word-count");
    }

    [Fact]
    public void Invoke_ReachingAnImportThatIsNotThere_TrapsByName()
    {
        var (code, _, error) = ComponentCommand.Run("run", Calls, "--invoke", "call-host(1, 2)");
        error.ShouldContain("host#add");
        code.ShouldBe(1);
    }

    [Theory]
    [InlineData("nothing()", "no function 'nothing': it has")]
    [InlineData("ehco()", "no function 'ehco' (did you mean 'echo'?)")]
    [InlineData("add(1)", "WAVE 1:6: the parameter `b` (u32) is missing: the function takes (a: u32, b: u32)")]
    [InlineData("add(1, 2, 3)", "WAVE 1:11: expected `)`: the function takes (a: u32, b: u32), found `3`")]
    [InlineData("add", "the parameter `a` (u32) is missing: the function takes (a: u32, b: u32)")]
    [InlineData("add(1, -2)", "parameter `b` (u32): expected u32, an integer from 0 to 4294967295, found `-2`")]
    [InlineData("add(1, 2", "expected `)`")]
    public void Invoke_WithWrongWords_SaysWhatIsWrong(string call, string message)
    {
        var (code, output, error) = ComponentCommand.Run("run", Calls, "--invoke", call);
        error.ShouldContain(message);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
    }

    [Fact]
    public void Run_OfNoCommand_NamesWhatCanBeInvoked()
    {
        var (code, _, error) = ComponentCommand.Run("run", Calls);
        error.ShouldContain("add: func(a: u32, b: u32) -> u32");
        code.ShouldBe(2);
    }

    [Theory]
    [InlineData]
    [InlineData("--invoke", "handle()")]
    public void Run_OfWhatServesHttp_SaysWhatItIsAndWhatCanBeRun(params string[] words)
    {
        var (code, _, error) = ComponentCommand.Run(["run", Data("proxy.wasm"), .. words]);
        error.ShouldContain("serves HTTP (it exports wasi:http/incoming-handler)");
        error.ShouldContain("wasi:cli/run");
        code.ShouldBe(2);
    }

    [Theory]
    [InlineData("--dir", "/no/such/directory::/")]
    [InlineData("--dir", "a::b::c::d")]
    [InlineData("--env", "=x")]
    [InlineData("--env", "CLAW_TEST_THAT_NOBODY_SETS")]
    public void Run_WithWrongOption_IsAUsageError(string option, string value) =>
        ComponentCommand.Parse("run", Command, option, value).Errors.ShouldNotBeEmpty();

    [Fact]
    public void Wit_OfADirectory_SaysSo() =>
        ComponentCommand.Parse("wit", TestData.Repository).Errors.ShouldHaveSingleItem().Message.ShouldContain("is a directory");

    [Fact]
    public void Wit_OfComponent_PrintsItsWorld()
    {
        var (code, output, _) = ComponentCommand.Run("wit", Command);
        output.ShouldContain("export wasi:cli/run@0.2.0;");
        output.ShouldContain("subscribe-duration: func(when: u64) -> pollable;");
        code.ShouldBe(0);
    }

    [Fact]
    public void Inspect_OfComponent_TellsFunctionsAndSchemas()
    {
        var (_, output, _) = ComponentCommand.Run("inspect", Calls, "--json");
        var add = Json(output).GetProperty("functions").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "add");
        add.GetProperty("parameters").GetProperty("properties").GetProperty("a").GetProperty("maximum").GetInt64().ShouldBe(uint.MaxValue);
        ComponentCommand.Run("inspect", Calls).Output.ShouldContain("add");
    }

    private static string Data(string name) => Path.Combine(TestData.Repository, "tests/Components.Tests/Data", name);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
