using ClawGrains.Skills.Review;

namespace ClawGrains.Skills.Tests.Review;

public sealed class SkillChangesTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Between_TwoVersions_NamesFilesAndShowsTexts()
    {
        _tree.Write("old/SKILL.md", "a\nb\n");
        _tree.Write("old/gone.txt", "x\n");
        _tree.Write("old/same.txt", "same\n");
        _tree.Write("new/SKILL.md", "a\nc\n");
        _tree.Write("new/same.txt", "same\n");
        _tree.Write("new/image.png", "\0\0");
        var changes = SkillChanges.Between(_tree["old"], _tree["new"]);
        changes.Files.Select(f => $"{f.Kind} {f.Path}").ShouldBe(["changed SKILL.md", "removed gone.txt", "added image.png"]);
        changes.Diff.ShouldContain("-b\n+c\n");
        changes.Diff.ShouldContain("+++ /dev/null\n@@ -1 +0,0 @@\n-x\n");
        changes.Diff.ShouldContain("Binary file image.png differs\n");
        changes.Diff.ShouldNotContain("same");
    }

    [Fact]
    public void Between_HugeTexts_AreCutWithARemark()
    {
        _tree.Write("old/a.txt", "");
        _tree.Write("new/a.txt", string.Concat(Enumerable.Repeat("0123456789\n", 20_000)));
        SkillChanges.Between(_tree["old"], _tree["new"]).Diff.ShouldEndWith("more characters are not shown]\n");
    }
}
