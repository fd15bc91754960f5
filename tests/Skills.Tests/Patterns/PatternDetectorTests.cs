using ClawGrains.Skills.Patterns;

namespace ClawGrains.Skills.Tests.Patterns;

public sealed class PatternDetectorTests
{
    [Theory]
    [InlineData("AB AB AB", "AB@0,2,4")]
    [InlineData("ABC ABC ABC", "ABC@0,3,6")]
    [InlineData("ABCDE ABCDE ABCDE", "ABCDE@0,5,10")]
    [InlineData("ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ", "ABCDEFGHIJ@0,10,20")]
    [InlineData("AB x AB y AB z", "AB@0,3,6")]
    [InlineData("ABC x ABC y ABC z", "ABC@0,4,8")]
    [InlineData("AB AB", "")]
    [InlineData("ABC ABC AB", "")]
    [InlineData("ABC ABC ABx", "AB@0,3,6")]
    [InlineData("AAAAAAAAA", "")]
    [InlineData("AB AB AB AB AB AB AB AB AB", "AB@0,2,4")]
    [InlineData("ABC ABC ABC ABC ABC ABC", "ABC@0,3,6")]
    [InlineData("ABA ABA ABA", "ABA@0,3,6")]
    [InlineData("AB CD AB CD AB CD", "ABCD@0,4,8")]
    [InlineData("AB AB AB xy xy xy", "AB@0,2,4 xy@6,8,10")]
    public void Observe_WorkedExample_ReportsExactly(string calls, string expected) => Run(calls).ShouldBe(expected);

    [Fact]
    public void Observe_ThirdTimeBeyondTheWindow_ReportsNothing()
    {
        Run("AB AB" + Others(26) + "AB").ShouldBe("");
        Run("AB AB" + Others(24) + "AB").ShouldBe("AB@0,2,28");
    }

    [Fact]
    public void Observe_LongerThanTen_ReportsNoMoreThanTen()
    {
        var detector = new PatternDetector(new PatternOptions { Window = 60 });
        foreach (var c in string.Concat(Enumerable.Repeat("ABCDEFGHIJK", 3))) detector.Observe(c.ToString());
        detector.Reported.ShouldAllBe(r => r.Length <= 10);
        detector.Reported.ShouldNotBeEmpty();
    }

    [Fact]
    public void Observe_TenPending_WaitsForADecision()
    {
        var detector = new PatternDetector();
        var reports = new List<ToolPattern>();
        for (var i = 0; i < 12; i++)
            for (var n = 0; n < 3; n++)
                foreach (var tool in (string[])[$"first{i}", $"second{i}"]) reports.AddRange(detector.Observe(tool));
        reports.Count.ShouldBe(10);
        detector.Decide(reports[0]).ShouldBeTrue();
        detector.Decide(reports[0]).ShouldBeFalse();
        "xyxyxy".SelectMany(c => detector.Observe(c.ToString())).Single().Tools.ShouldBe(["x", "y"]);
        detector.Pending.Count.ShouldBe(10);
    }

    [Fact]
    public void Observe_DecidedOn_IsNotReportedAgain()
    {
        var detector = new PatternDetector();
        var report = "ABABAB".SelectMany(c => detector.Observe(c.ToString())).Single();
        detector.Decide(report).ShouldBeTrue();
        "xyzABABAB".SelectMany(c => detector.Observe(c.ToString())).ShouldBeEmpty();
        new PatternDetector(known: detector.Reported).Reported.Count.ShouldBe(1);
    }

    [Fact]
    public void Observe_RandomCalls_AgreesWithTheOracle()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 40; round++)
        {
            var detector = new PatternDetector(new PatternOptions { MaxPending = int.MaxValue });
            var calls = new List<string>();
            var seen = new List<string>();
            for (var i = 0; i < 90; i++)
            {
                calls.Add(((char)('A' + random.Next(2 + (round % 4)))).ToString());
                foreach (var report in detector.Observe(calls[^1])) Check(report, calls, seen);
                var text = string.Concat(calls);
                // What is frequent and not reported is part of one that ends with the newest call, which waits for the next.
                var left = PatternOracle.Unexplained(text, seen).ToList();
                var held = left.Where(s => text.EndsWith(s)).MaxBy(s => s.Length);
                left.ShouldAllBe(s => PatternOracle.IsExplained(s, new[] { held! }), $"{text} reported {string.Join(' ', seen)}");
            }
        }
    }

    // What is reported is frequent now, or was one call ago while it waited; it is new, whole and not a loop of a shorter one.
    private static void Check(ToolPattern report, List<string> calls, List<string> seen)
    {
        var text = string.Concat(report.Tools);
        text.Length.ShouldBeInRange(2, 10);
        (PatternOracle.Count(text, PatternOracle.Window(string.Concat(calls))) >= 3
            || PatternOracle.Count(text, PatternOracle.Window(string.Concat(calls.SkipLast(1)))) >= 3).ShouldBeTrue(text);
        foreach (var start in report.Occurrences) string.Concat(calls).Substring((int)start, text.Length).ShouldBe(text);
        PatternOracle.IsExplained(text, seen).ShouldBeFalse($"{text} after {string.Join(' ', seen)}");
        PatternOracle.IsLoop(text).ShouldBeFalse();
        seen.Add(text);
    }

    private static string Run(string calls)
    {
        var detector = new PatternDetector();
        var reports = calls.Where(c => c != ' ').SelectMany(c => detector.Observe(c.ToString())).ToList();
        return string.Join(' ', reports.Select(r => $"{string.Concat(r.Tools)}@{string.Join(',', r.Occurrences)}"));
    }

    private static string Others(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)('a' + i)));
}
