using System.Text.Json;
using ClawGrains.Skills.Eligibility;
using ClawGrains.Skills.Validation;

namespace ClawGrains.Skills.Tests.Validation;

public sealed class SkillValidatorTests : IDisposable
{
    private static readonly SkillValidationOptions Bare = new() { Environment = SkillEnvironment.Bare() };
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Validate_Directory_FindsEverySkillAtAnyDepth()
    {
        _tree.Skill("a");
        _tree.Skill("a/inner");
        _tree.Skill(".claude/skills/b");
        _tree.Skill("1/2/3/4/5/6/7/8/c");
        _tree.Skill(".git/d");
        SkillValidator.Validate([_tree.Root], Bare).Select(r => r.Path).ShouldBe(
            [_tree[".claude/skills/b/SKILL.md"], _tree["1/2/3/4/5/6/7/8/c/SKILL.md"], _tree["a/SKILL.md"], _tree["a/inner/SKILL.md"]]);
    }

    [Fact]
    public void Validate_FileNameOfAnotherCase_SaysHowToNameIt()
    {
        _tree.Write("a/skill.md", "---\ndescription: d\n---\n");
        var row = SkillValidator.Validate([_tree.Root], Bare).ShouldHaveSingleItem();
        row.Loaded.ShouldBeFalse();
        row.Errors.Single().Message.ShouldContain("SKILL.md");
    }

    [Fact]
    public void Validate_NothingThere_SaysSo()
    {
        SkillValidator.Validate([_tree.Root, _tree["none"]], Bare).Select(r => r.Errors.Single().Message).ShouldBe(
            [$"there is no SKILL.md in {_tree.Root} or below it", $"{_tree["none"]} does not exist"]);
    }

    [Fact]
    public void Write_Row_HasTheDocumentedFieldsInOrder()
    {
        _tree.Write("a/SKILL.md", "---\ndescription: use: it\nmetadata: {\"openclaw\": {\"requires\": {\"bins\": [\"nope\"]}}}\n---\n");
        using var json = JsonDocument.Parse(SkillValidationJson.Write(SkillValidator.Validate([_tree.Root], Bare)));
        var row = json.RootElement[0];
        row.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["path", "loaded", "name", "description", "eligible", "missing", "modelVisible", "userInvocable", "commandVisible", "warnings", "errors"]);
        row.GetProperty("missing").EnumerateObject().Select(p => p.Name).ShouldBe(["bins", "anyBins", "env", "config", "os"]);
        row.GetProperty("missing").GetProperty("bins")[0].GetString().ShouldBe("nope");
        row.GetProperty("warnings")[0].EnumerateObject().Select(p => p.Name).ShouldBe(["code", "message", "line", "column"]);
    }
}
