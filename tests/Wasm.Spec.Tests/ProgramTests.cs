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
        var (code, output, _) = await ToolProcess.RunAsync(Environment.CurrentDirectory, "dotnet", [typeof(SpecOptions).Assembly.Location, .. arguments]);
        return (code, output);
    }
}
