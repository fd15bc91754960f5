using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Strict;

namespace ClawGrains.Skills.Tests.Strict;

public sealed class StrictRulesTests
{
    [Theory]
    [InlineData("---\nname: the-skill\ndescription: d\nlicense: MIT\nmetadata: {a: b}\n---\n")]
    public void Check_KeepsEveryRule_HasNoErrors(string text) => Check(text).ShouldBeEmpty();

    [Theory]
    [InlineData("# x", "SKILL.md must start with YAML frontmatter (---)")]
    [InlineData("\ufeff---\nname: the-skill\n---", "SKILL.md must start with YAML frontmatter (---)")]
    [InlineData("---\nname: x\n", "SKILL.md frontmatter not properly closed with ---")]
    [InlineData("---\n- a\n---", "Invalid YAML in frontmatter: ParseError: SKILL.md frontmatter must be a YAML mapping")]
    [InlineData("---\ntext\n---", "SKILL.md frontmatter must be a YAML mapping")]
    [InlineData("---\nname: the-skill\n---", "Missing required field in frontmatter: description")]
    [InlineData("---\ndescription: d\n---", "Missing required field in frontmatter: name")]
    [InlineData("---\nname: the-skill\ndescription: ''\n---", "Field 'description' must be a non-empty string")]
    [InlineData("---\nname: the-skill\ndescription: d\nz: 1\nb: 2\n---", "Unexpected fields in frontmatter: b, z. Only allowed-tools, compatibility, description, license, metadata, name are allowed.")]
    [InlineData("---\nname: other\ndescription: d\n---", "Directory name 'the-skill' must match skill name 'other'")]
    [InlineData("---\nname: the-skill\ndescription: d\ncompatibility: 1\n---", "Field 'compatibility' must be a string")]
    [InlineData("---\nname: the-skill\ndescription: d\ncompatibility: 2024-01-01\n---", "Field 'compatibility' must be a string")]
    public void Check_BreaksOneRule_SaysWhich(string text, string error) => Check(text).ShouldBe([error]);

    [Fact]
    public void Check_Name_EveryRuleIsReported() => Check("---\nname: -Bad-_Name-\ndescription: d\n---").ShouldBe(
    [
        "Skill name '-Bad-_Name-' must be lowercase",
        "Skill name cannot start or end with a hyphen",
        "Skill name '-Bad-_Name-' contains invalid characters. Only letters, digits, and hyphens are allowed.",
        "Directory name 'the-skill' must match skill name '-Bad-_Name-'",
    ]);

    [Fact]
    public void Check_Lengths_AreLimited()
    {
        var errors = Check($"---\nname: {new string('a', 65)}\ndescription: {new string('d', 1025)}\ncompatibility: {new string('c', 501)}\n---");
        errors[0].ShouldBe($"Skill name '{new string('a', 65)}' exceeds 64 character limit (65 chars)");
        errors.ShouldContain("Description exceeds 1024 character limit (1025 chars)");
        errors.ShouldContain("Compatibility exceeds 500 character limit (501 chars)");
    }

    [Theory]
    [InlineData("name: the-skill\ndescription: a: b")]
    [InlineData("name: the-skill\ndescription: !custom d")]
    [InlineData("name: a\nname: b\ndescription: d")]
    [InlineData("name: the-skill\ndescription: *x")]
    public void Check_BrokenYaml_IsOneError(string yaml) =>
        Check($"---\n{yaml}\n---").ShouldHaveSingleItem().ShouldStartWith("Invalid YAML in frontmatter: YAMLException: ");

    private static List<string> Check(string text) => [.. StrictRules.Check(SkillParser.Parse(text, Docs.Path)).Select(e => e.Message)];
}
