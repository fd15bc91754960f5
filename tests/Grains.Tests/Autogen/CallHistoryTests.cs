using System.Collections.Immutable;
using ClawGrains.Grains.Autogen;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Patterns;

namespace ClawGrains.Grains.Tests.Autogen;

public sealed class CallHistoryTests
{
    private readonly CallHistory _history = new(PatternOptions.Default);
    private readonly List<ImmutableArray<string>> _known = [];

    [Fact]
    public void Observe_ThreeTimes_GivesTheCallsOfEachTime()
    {
        var found = Run("s", "a1 b1 a2 b2 a3 b3").ShouldHaveSingleItem();
        found.Tools.ShouldBe(["a", "b"]);
        found.Runs.Select(r => string.Join(' ', r.Select(c => c.Arguments))).ShouldBe(["1 1", "2 2", "3 3"]);
    }

    [Fact]
    public void Observe_LongHistory_StillGivesTheRightCalls()
    {
        Run("s", string.Join(' ', Enumerable.Range(0, 200).Select(i => $"{(char)('k' + i % 13)}{i}"))).ShouldNotBeEmpty();
        _known.Clear();
        var found = Run("s", "a1 b1 x0 a2 b2 y0 a3 b3").ShouldHaveSingleItem();
        found.Runs.Select(r => string.Join(' ', r.Select(c => c.Arguments))).ShouldBe(["1 1", "2 2", "3 3"]);
    }

    [Fact]
    public void Observe_SessionsApart_AreNotMixed()
    {
        foreach (var session in (string[])["s", "t", "u"]) Run(session, "a1 b1").ShouldBeEmpty();
    }

    [Fact]
    public void Observe_AnotherSessionWithTheSame_ReportsNothing()
    {
        Run("t", "a1 b1 a2 b2").ShouldBeEmpty();
        Run("s", "a1 b1 a2 b2 a3 b3").Count.ShouldBe(1);
        Run("t", "a3 b3 a4 b4").ShouldBeEmpty();
    }

    private List<FoundSequence> Run(string session, string calls)
    {
        var all = new List<FoundSequence>();
        foreach (var call in calls.Split(' '))
        {
            var found = _history.Observe(new ObservedToolCall { Session = session, Tool = call[..1], Arguments = call[1..] }, _known);
            _known.AddRange(found.Select(f => f.Tools));
            all.AddRange(found);
        }
        return all;
    }
}
