using System.CommandLine;
using System.Text.Json;
using ClawGrains.Client.Commands;
using ClawGrains.Client.Wasm;

namespace ClawGrains.Client.Tests.Wasm;

public sealed class WasmCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("claw-wasm-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("add 2 3", "5")]
    [InlineData("add -2 0xffffffff", "-3")]
    [InlineData("add 4294967295 1", "0")]
    [InlineData("swap -9223372036854775808 1.5", "1.5\n-9223372036854775808")]
    [InlineData("swap 0 -inf", "-inf\n0")]
    [InlineData("swap 0 nan", "nan:0x8000000000000\n0")]
    [InlineData("half 3", "1.5")]
    [InlineData("half nan:0x400001", "nan:0x400001")]
    [InlineData("not 0x0f", "0xfffffffffffffffffffffffffffffff0")]
    [InlineData("grow 3", "1")]
    [InlineData("grow 4", "-1")]
    public void Run_WithArguments_PrintsResultsOnePerLine(string call, string expected)
    {
        var (code, output, error) = Claw($"run {Write(Guests.Sample)} --invoke {call}");
        error.ShouldBeEmpty();
        output.ShouldBe(expected + "\n");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("nothing", "no function 'nothing': it has add, div")]
    [InlineData("ad 1 2", "did you mean 'add'?")]
    [InlineData("Half 1", "did you mean 'half'?")]
    [InlineData("add 1", "got 1 argument")]
    [InlineData("add 1 4294967296", "'4294967296' is no i32")]
    [InlineData("add 1 -2147483649", "'-2147483649' is no i32")]
    [InlineData("add 1 x", "'x' is no i32")]
    [InlineData("half one", "'one' is no f32")]
    [InlineData("not 15", "'15' is no v128")]
    public void Run_WithWrongWords_SaysWhatIsWrong(string call, string message)
    {
        var (code, output, error) = Claw($"run {Write(Guests.Sample)} --invoke {call}");
        error.ShouldContain(message);
        output.ShouldBeEmpty();
        code.ShouldBe(2);
    }

    [Theory]
    [InlineData("--fuel x")]
    [InlineData("--memory -1MB")]
    [InlineData("--memory 0")]
    [InlineData("--timeout -5s")]
    [InlineData("--fuel -1")]
    [InlineData("--memory 12XB")]
    [InlineData("--timeout never")]
    public void Run_WithWrongOption_IsAUsageError(string option) =>
        Parse($"run {Write(Guests.Sample)} --invoke add 1 2 {option}").Errors.ShouldNotBeEmpty();

    [Fact]
    public void Run_OfMissingFile_IsAUsageError() => Parse("run nowhere.wasm").Errors.ShouldHaveSingleItem().Message.ShouldContain("nowhere.wasm");

    [Fact]
    public void Run_DivisionByZero_ReportsTheTrap()
    {
        var (code, _, error) = Claw($"run {Write(Guests.Sample)} --invoke div 1 0");
        error.ShouldBe("claw: trap: integer divide by zero\n");
        code.ShouldBe(1);
    }

    [Fact]
    public void Run_WithoutEnoughFuel_Traps()
    {
        var (code, output, _) = Claw($"run {Write(Guests.Sample)} --fuel 1000 --json --invoke spin");
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("error").GetProperty("trap").GetString().ShouldBe("outOfFuel");
        code.ShouldBe(1);
    }

    [Fact]
    public void Run_WithFuel_TellsTheSameAmountEachTime()
    {
        var first = Claw($"run {Write(Guests.Sample)} --fuel 1000 --json --invoke add 1 2");
        var second = Claw($"run {Write(Guests.Sample)} --fuel 1000 --json --invoke add 1 2");
        first.ShouldBe(second);
        JsonDocument.Parse(first.Output).RootElement.GetProperty("fuelUsed").GetInt64().ShouldBeInRange(1, 100);
    }

    [Fact]
    public void Run_PastTheTimeout_IsInterrupted()
    {
        var (code, _, error) = Claw($"run {Write(Guests.Sample)} --timeout 50ms --invoke spin");
        error.ShouldStartWith("claw: trap: interrupted");
        code.ShouldBe(1);
    }

    [Fact]
    public void Run_WithLessMemory_CannotGrow()
    {
        var (_, output, _) = Claw($"run {Write(Guests.Sample)} --memory 128KB --invoke grow 2");
        output.ShouldBe("-1\n");
    }

    [Theory]
    [InlineData(Guests.Needy, "can't be instantiated")]
    [InlineData(Guests.Preview1, "it is a module for WASI Preview 1")]
    [InlineData(Guests.Invalid, "not valid: type mismatch")]
    [InlineData("AGFzbQ==", "not a module")]
    public void Run_OfUnusableModule_Fails(string module, string message)
    {
        var (code, _, error) = Claw($"run {Write(module)}");
        error.ShouldContain(message);
        code.ShouldBe(1);
    }

    [Fact]
    public void Run_WithoutName_CallsStart()
    {
        var (code, output, error) = Claw($"run {Write(Guests.Start)} --fuel 100");
        output.ShouldBeEmpty();
        error.ShouldStartWith("fuel used: ");
        code.ShouldBe(0);
    }

    [Fact]
    public void Run_AsJson_GivesTypedResults()
    {
        var (_, output, _) = Claw($"run {Write(Guests.Sample)} --json --invoke swap 9007199254740993 0.1");
        var results = JsonDocument.Parse(output).RootElement.GetProperty("results");
        results[0].GetProperty("type").GetString().ShouldBe("f64");
        results[1].GetProperty("value").GetString().ShouldBe("9007199254740993");
    }

    [Fact]
    public void Inspect_OfModule_ShowsWhatItOffersAndItsSections()
    {
        var (code, output, error) = Claw($"inspect {Write(Guests.Sample)}");
        error.ShouldBeEmpty();
        code.ShouldBe(0);
        foreach (var part in new[] { "225 bytes", "7 functions", "name: sample", "simd", "1 to 4 pages", "(i32, i32) -> (i32)", "custom \"name\"" })
            output.ShouldContain(part);
    }

    [Fact]
    public void Inspect_AsJson_ListsImports()
    {
        var (code, output, _) = Claw($"inspect {Write(Guests.Needy)} --json");
        var import = JsonDocument.Parse(output).RootElement.GetProperty("imports")[0];
        import.GetProperty("module").GetString().ShouldBe("env");
        import.GetProperty("kind").GetString().ShouldBe("func");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData(Guests.Invalid, "invalid")]
    [InlineData("AGFzbQ==", "malformed")]
    public void Inspect_OfNoModule_Fails(string module, string error)
    {
        var (code, output, _) = Claw($"inspect {Write(module)} --json");
        JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe(error);
        code.ShouldBe(1);
    }

    private string Write(string base64)
    {
        var path = Path.Combine(_folder.FullName, "guest.wasm");
        File.WriteAllBytes(path, Convert.FromBase64String(base64));
        return path;
    }

    private static ParseResult Parse(string words)
    {
        var root = new RootCommand();
        CommonOptions.AddTo(root);
        root.Add(WasmCommands.Create());
        return root.Parse(["wasm", .. words.Split(' ')]);
    }

    private static (int Code, string Output, string Error) Claw(string words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = Parse(words).Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
