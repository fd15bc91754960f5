using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Review;

namespace ClawGrains.Skills.Tests.Review;

public sealed class SkillPermissionsTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Of_InstructionsOnly_AsksForNothing() => Of("---\nname: a\ndescription: d\n---\nThink hard. Use `ls` sparingly.\n").ShouldBeEmpty();

    [Fact]
    public void Of_Requirements_NamesEachWithWhetherItRunsPrograms()
    {
        var found = Of("""
            ---
            name: a
            description: d
            allowed-tools: Bash(git:*) Read
            metadata: {"openclaw": {"primaryEnv": "KEY", "requires": {"bins": ["gh"], "anyBins": ["rg", "grep"], "env": ["KEY", "OTHER"], "config": ["browser.enabled"]}}}
            ---
            Do it.
            """);
        found.Select(p => p.ToString()).ShouldBe(
            ["program gh", "program rg or grep", "tool Bash(git:*)", "tool Read", "variable KEY", "variable OTHER", "setting browser.enabled"]);
        found.Where(p => p.RunsPrograms).Select(p => p.Value).ShouldBe(["gh", "rg or grep", "Bash(git:*)"]);
    }

    [Theory]
    [InlineData("```bash\nls\n```")]
    [InlineData("~~~ Shell\nls\n~~~")]
    [InlineData("> ```console\n> $ ls\n> ```")]
    [InlineData("Today is !`date`.")]
    public void Of_CommandsInTheText_RunsPrograms(string body) =>
        Of($"---\nname: a\ndescription: d\n---\n{body}\n").ShouldHaveSingleItem().ShouldBe(new SkillPermission("shell", "commands in SKILL.md", true));

    [Theory]
    [InlineData("```json\n{}\n```")]
    [InlineData("Use `bash` never!")]
    public void Of_OtherBlocks_AskForNothing(string body) => Of($"---\nname: a\ndescription: d\n---\n{body}\n").ShouldBeEmpty();

    [Fact]
    public void Of_ScriptsAndExecutables_RunPrograms()
    {
        _tree.Write("a/scripts/run.py", "print()");
        var plain = _tree.Write("a/tool", "x");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(plain, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _tree.Write("a/references/notes.md", "```sh\nls\n```");
        _tree.Write("a/data.json", "{}");
        Of("---\nname: a\ndescription: d\n---\nDo it.\n").Select(p => p.ToString())
            .ShouldBe(OperatingSystem.IsWindows() ? ["script scripts/run.py", "shell commands in references/notes.md"]
                : ["script scripts/run.py", "script tool", "shell commands in references/notes.md"]);
    }

    private IReadOnlyList<SkillPermission> Of(string source) => SkillPermissions.Of(SkillReader.Read(_tree.Write("a/SKILL.md", source)));
}
