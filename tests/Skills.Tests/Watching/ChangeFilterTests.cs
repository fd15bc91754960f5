using ClawGrains.Skills.Watching;

namespace ClawGrains.Skills.Tests.Watching;

public sealed class ChangeFilterTests
{
    [Theory]
    [InlineData("weather/SKILL.md")]
    [InlineData("weather")]
    [InlineData("weather/scripts/run.sh")]
    [InlineData("..data")]
    [InlineData("weather/..data")]
    [InlineData("")]
    public void IsRelevant_SkillFile_Matters(string path) => ChangeFilter.IsRelevant(path).ShouldBeTrue();

    [Theory]
    [InlineData("weather/SKILL.md~")]
    [InlineData("weather/.SKILL.md.swp")]
    [InlineData("weather/4913")]
    [InlineData("weather/#SKILL.md#")]
    [InlineData("weather/.#SKILL.md")]
    [InlineData("weather/SKILL.md.tmp")]
    [InlineData("weather/SKILL.md___jb_tmp___")]
    [InlineData("weather/.DS_Store")]
    [InlineData("weather/.git/index")]
    [InlineData(".new-0123/SKILL.md")]
    [InlineData(".install.lock")]
    [InlineData("weather/node_modules/x/index.js")]
    public void IsRelevant_TraceOfATool_DoesNot(string path) => ChangeFilter.IsRelevant(path).ShouldBeFalse();
}
