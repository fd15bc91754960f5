using ClawGrains.Skills.Commands;

namespace ClawGrains.Skills.Tests.Commands;

public sealed class SkillCommandsTests
{
    [Theory]
    [InlineData("my-skill", "my_skill")]
    [InlineData("  Größe & Mehr ", "gr_e_mehr")]
    [InlineData("---", "skill")]
    [InlineData("a123456789012345678901234567890123456789", "a1234567890123456789012345678901")]
    public void Sanitize_Name_IsAPlainCommand(string name, string command) => SkillCommands.Sanitize(name).ShouldBe(command);

    [Fact]
    public void Build_Clashes_GetNumbers() =>
        SkillCommands.Build([Docs.Described("name: a-b"), Docs.Described("name: a.b"), Docs.Described("name: help")], ["HELP"])
            .Select(c => c.Name).ShouldBe(["a_b", "a_b_2", "help_2"]);

    [Fact]
    public void Build_Dispatch_NamesTheTool() =>
        SkillCommands.Build([Docs.Described("command-dispatch: tool\ncommand-tool: exec")]).Single().Tool.ShouldBe("exec");
}
