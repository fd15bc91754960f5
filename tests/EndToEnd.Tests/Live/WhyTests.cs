using ClawGrains.EndToEnd.Tests.Command;

namespace ClawGrains.EndToEnd.Tests.Live;

/// <summary><c>claw skill why</c>.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly Claw _claw = new();

    public void Dispose() => _claw.Dispose();

    [Fact]
    public async Task Why_SkillOfTwoLayers_SaysWhichIsServedAndWhatItStandsBefore()
    {
        _claw.Home.WriteSkill("work/skills/tides", "tides");
        var managed = _claw.Home.WriteSkill("data/skills/tides", "tides");
        var why = (await _claw.RunAsync("skill", "why", "tides")).ShouldSucceed().Output;
        why.ShouldContain("served from the workspace layer");
        why.ShouldContain($"stands before {managed} of the managed layer");
        var json = (await _claw.RunAsync("skill", "why", "tides", "--json")).ShouldSucceed().Json;
        json.GetProperty("shadows").EnumerateArray().Single().GetProperty("layer").GetString().ShouldBe("managed");
    }

    [Fact]
    public async Task Why_SkillThatDoesNotLoad_SaysWhereItIsWrong()
    {
        _claw.Home.Write("work/skills/tides/SKILL.md", "---\nname: [\n---\n");
        (await _claw.RunAsync("skill", "why", "tides")).ShouldFail().Output.ShouldContain("tides/SKILL.md:2:");
    }

    [Fact]
    public async Task Why_SkillThatLacksSomething_SaysWhat()
    {
        _claw.Home.Write("work/skills/tides/SKILL.md", "---\nname: tides\ndescription: d\nmetadata: {\"openclaw\": {\"requires\": {\"bins\": [\"no-such-program\"]}}}\n---\nDo it.\n");
        (await _claw.RunAsync("skill", "why", "tides")).ShouldSucceed().Output.ShouldContain("missing program no-such-program");
    }

    [Fact]
    public async Task Why_NoSuchSkill_Fails() =>
        (await _claw.RunAsync("skill", "why", "nothing")).ShouldFail().Output.ShouldContain("no layer has a skill of that name");
}
