using ClawGrains.Client.Mcp.SkillFeatures;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Tests.Mcp.SkillFeatures;

public sealed class NameTests
{
    [Theory]
    [InlineData("git-workflow")]
    [InlineData("A_b-9")]
    public void ToolName_ThatIsAllowed_Stays(string name) => ToolNames.Of(name).ShouldBe(name);

    [Theory]
    [InlineData("with space")]
    [InlineData("dotted.name")]
    [InlineData("日本語")]
    [InlineData("a-very-long-name-that-goes-on-and-on-and-on-and-on-and-on-and-on-and-on")]
    public void ToolName_ThatIsNot_IsChangedToOneThatIs(string name) => ToolNames.Of(name).ShouldMatch("^[A-Za-z0-9_-]{1,64}$");

    [Fact]
    public void ToolNames_OfNamesThatDifferInWhatIsReplaced_Differ() => ToolNames.Of("a b").ShouldNotBe(ToolNames.Of("a.b"));

    [Theory]
    [InlineData("pdf", "SKILL.md", "skill://pdf/SKILL.md")]
    [InlineData("pdf", "a b/ü#?.txt", "skill://pdf/a%20b/%C3%BC%23%3F.txt")]
    [InlineData("My Skill", "x", "skill://My%20Skill/x")]
    public void Uri_ComesBack(string skill, string path, string uri)
    {
        SkillUri.Of(skill, path).ShouldBe(uri);
        SkillUri.TryParse(uri).ShouldBe((skill, path));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("skill://pdf")]
    [InlineData("skill://pdf/")]
    [InlineData("skill://pdf/../x")]
    [InlineData("skill://pdf/a%2F..%2Fb")]
    [InlineData("skill:///SKILL.md")]
    public void Uri_OfNoSkill_IsNull(string uri) => SkillUri.TryParse(uri).ShouldBeNull();
}
