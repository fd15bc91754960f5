using System.Diagnostics;
using System.Text.Json;
using ClawGrains.Wasm.Spec.Tests.Fixtures;

namespace ClawGrains.Wasm.Spec.Tests;

/// <summary>The program from outside.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Program_OverFixtures_EndsWithTotals()
    {
        var (code, output) = await RunAsync(FixtureScripts.Folder, "--filter", "*ing");
        output.TrimEnd().Split('\n')[^1].ShouldBe("32 passed, 12 failed, 3 skipped");
        output.ShouldContain("failing.wast:5: assert_return: one gave i32:1, not i32 2");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task Program_AsJson_HasTotalsAndFiles()
    {
        var (code, output) = await RunAsync(FixtureScripts.Folder, "--filter", "passing", "--json");
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("passed").GetInt32().ShouldBe(29);
        report.GetProperty("files")[0].GetProperty("source").GetString().ShouldBe("passing.wast");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("/nowhere/at/all")]
    [InlineData("--frob")]
    public async Task Program_WithWrongLine_EndsWith2(string argument) => (await RunAsync(argument)).Code.ShouldBe(2);

    [Fact]
    public async Task Program_WhenNothingMatches_EndsWith2() =>
        (await RunAsync(FixtureScripts.Folder, "--filter", "nothing")).Code.ShouldBe(2);

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        var program = typeof(SpecOptions).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
