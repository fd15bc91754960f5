using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Tests.Parsing;

public sealed class LenientParsingTests
{
    [Fact]
    public void Name_Absent_IsTheDirectory() => Docs.Fields("description: d").Name.ShouldBe("the-skill");

    [Theory]
    [InlineData("name: 1.0", "1")]
    [InlineData("name: 0x1F", "31")]
    [InlineData("name: 1e21", "1e+21")]
    [InlineData("name: true", "true")]
    [InlineData("name: ~", "~")]
    [InlineData("name: '  padded '", "padded")]
    [InlineData("name: [a, b]", "[\"a\",\"b\"]")]
    public void Name_OfAnotherType_IsItsJavaScriptText(string yaml, string name) => Docs.Described(yaml).Name.ShouldBe(name);

    [Theory]
    [InlineData("description: Use when: it rains", "Use when: it rains")]
    [InlineData("description: \"Quoted\" start", "\"Quoted\" start")]
    [InlineData("description: *bold* start", "*bold* start")]
    [InlineData("description: `code` start", "`code` start")]
    [InlineData("description: [draft] text", "[draft] text")]
    [InlineData("description: @home", "@home")]
    public void Description_FreeText_IsRecoveredWithAWarning(string yaml, string description)
    {
        var skill = Docs.Fields(yaml);
        skill.Description.ShouldBe(description);
        skill.Warnings.ShouldHaveSingleItem().ShouldBe(new SkillDiagnostic(SkillCodes.Recovered, skill.Warnings[0].Message, 2, 1));
    }

    [Theory]
    [InlineData("description: >-\n  two\n  lines", "two lines")]
    [InlineData("description: |\n  two\n  lines\n", "two\nlines")]
    [InlineData("description: two\n  lines", "two lines")]
    public void Description_OverLines_IsFoldedAsYamlSays(string yaml, string description) => Docs.Fields(yaml).Description.ShouldBe(description);

    [Theory]
    [InlineData("name: a: b\ndescription: d", SkillCodes.NestedMapping, 2, 8)]
    [InlineData("description: d\nname: a\nname: b", SkillCodes.DuplicateKey, 4, 1)]
    [InlineData("- description", SkillCodes.InvalidRoot, 2, 1)]
    [InlineData("description: d\nx: *nowhere", SkillCodes.Alias, 3, 4)]
    [InlineData("description: d\nx: {\n\"a\": 1 }", SkillCodes.BadIndent, 4, 1)]
    [InlineData("name: only", SkillCodes.DescriptionRequired, 1, 1)]
    [InlineData("description: ''", SkillCodes.DescriptionRequired, 2, 1)]
    public void FrontMatter_Broken_IsAnErrorWithItsPlace(string yaml, string code, int line, int column)
    {
        var error = Docs.Fields(yaml).Errors.ShouldHaveSingleItem();
        (error.Code, error.Line, error.Column).ShouldBe((code, line, column));
    }

    [Fact]
    public void FrontMatter_NotClosed_IsAnError() =>
        Docs.Parse("---\nname: a\ndescription: d\n").Errors.Single().Code.ShouldBe(SkillCodes.Unterminated);

    [Fact]
    public void FrontMatter_Absent_SaysSo() => Docs.Parse("# Title").Errors.Single().Message.ShouldContain("no front matter");

    [Fact]
    public void Text_WithBomAndCrlf_ReadsAsWithout()
    {
        var skill = Docs.Parse("\ufeff---\r\nname: a\r\ndescription: d\r\n---\r\nline\r\nline\r\n");
        (skill.Name, skill.Description, skill.Body).ShouldBe(("a", "d", "line\nline"));
    }

    [Fact]
    public void Invocability_Absent_IsForBoth()
    {
        var skill = Docs.Fields("description: d");
        (skill.UserInvocable, skill.DisableModelInvocation).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("user-invocable: false", false, 0)]
    [InlineData("user-invocable: \"No\"", false, 0)]
    [InlineData("user-invocable: 0", false, 0)]
    [InlineData("user-invocable: on", true, 0)]
    [InlineData("user-invocable: maybe", true, 1)]
    public void UserInvocable_Words_AreRead(string yaml, bool expected, int warnings)
    {
        var skill = Docs.Described(yaml);
        skill.UserInvocable.ShouldBe(expected);
        skill.Warnings.Count.ShouldBe(warnings);
    }

    [Fact]
    public void Dispatch_WithTool_GoesThere()
    {
        var skill = Docs.Described("command-dispatch: tool\ncommand-tool: exec\ncommand-arg-mode: odd");
        (skill.CommandDispatch, skill.CommandTool, skill.CommandArgMode).ShouldBe(("tool", "exec", "raw"));
        skill.Warnings.Single().Code.ShouldBe(SkillCodes.ArgModeUnknown);
    }

    [Theory]
    [InlineData("command-dispatch: tool")]
    [InlineData("command-dispatch: shell\ncommand-tool: exec")]
    public void Dispatch_Incomplete_IsIgnoredWithAWarning(string yaml)
    {
        var skill = Docs.Described(yaml);
        skill.CommandDispatch.ShouldBeNull();
        skill.Warnings.Single().Code.ShouldBe(SkillCodes.DispatchIgnored);
    }

    [Theory]
    [InlineData("allowed-tools: Bash(git add *) Read, Write")]
    [InlineData("allowed-tools: ['Bash(git add *)', Read, Write]")]
    public void AllowedTools_TextOrList_IsTheSame(string yaml) =>
        Docs.Described(yaml).AllowedTools.ShouldBe(["Bash(git add *)", "Read", "Write"]);

    [Fact]
    public void Field_WithoutValue_IsLeftOut() => Docs.Described("argument-hint:").Frontmatter.ContainsKey("argument-hint").ShouldBeFalse();

    [Fact]
    public void Field_PlainTextThatYamlTakesForAMapping_StaysText() =>
        Docs.Described("hint: {a: b}").Frontmatter["hint"].ShouldBe("{a: b}");
}
