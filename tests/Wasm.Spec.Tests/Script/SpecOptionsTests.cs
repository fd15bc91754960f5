using ClawGrains.Wasm.Spec.Script;
using ClawGrains.Wasm.Spec.Tests.Fixtures;

namespace ClawGrains.Wasm.Spec.Tests.Script;

public sealed class SpecOptionsTests
{
    [Theory]
    [InlineData("", "DIR is missing")]
    [InlineData("a b", "one DIR only")]
    [InlineData("a --filter", "--filter needs a value")]
    [InlineData("a --jobs 0", "--jobs needs a number above 0, not '0'")]
    [InlineData("a --frob", "unknown option '--frob'")]
    public void Parse_OfWrongLine_SaysWhatIsWrong(string line, string message) =>
        Should.Throw<ArgumentException>(() => SpecOptions.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Message.ShouldContain(message);

    [Fact]
    public void Parse_OfRightLine_TakesEveryOption()
    {
        var options = SpecOptions.Parse(["dir", "--filter", "i32*", "--json", "--timeout", "5", "--jobs", "3", "--metered", "--eager"]);
        options.ShouldBe(new SpecOptions
        {
            Path = "dir", Filter = "i32*", Json = true, Timeout = TimeSpan.FromSeconds(5), Jobs = 3,
            Engine = new EngineOptions { Metering = true, EagerCompilation = true },
        });
    }

    [Theory]
    [InlineData("*", 4)]
    [InlineData("*ing", 3)]
    [InlineData("pass*", 1)]
    [InlineData("skipping/*", 1)]
    [InlineData("nothing", 0)]
    public void Find_WithFilter_MatchesNamesAndPaths(string filter, int count) =>
        ScriptFinder.Find(FixtureScripts.Folder, filter).Count.ShouldBe(count);
}
