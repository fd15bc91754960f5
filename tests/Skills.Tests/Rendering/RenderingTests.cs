using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Tests.Rendering;

public sealed class RenderingTests
{
    [Fact]
    public void Render_Placeholders_AreReplaced() =>
        SkillRenderer.Render(Docs.Fields("description: d", "Run {baseDir}/x on $ARGUMENTS and $ARGUMENTS."), " a $ARGUMENTS ")
            .ShouldBe("Run /skills/the-skill/x on a $ARGUMENTS and a $ARGUMENTS.");

    [Fact]
    public void Render_NoPlaceholder_ArgumentsFollow() =>
        SkillRenderer.Render(Docs.Fields("description: d", "Do it."), "now").ShouldBe("Do it.\n\nUser input:\nnow");

    [Theory]
    [InlineData("Do it.", "Do it.")]
    [InlineData("Do $ARGUMENTS", "Do")]
    public void Render_NoArguments_LeavesNothingBehind(string body, string expected) =>
        SkillRenderer.Render(Docs.Fields("description: d", body)).ShouldBe(expected);

    [Fact]
    public void ContentHash_IsTheFilesSha256() =>
        Docs.Parse("abc").ContentHash.ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void DirectoryHash_DependsOnPathsAndContentOnly()
    {
        using var one = new TempTree();
        using var two = new TempTree();
        foreach (var tree in new[] { one, two }) tree.Skill("s");
        two.Write("s/.git/config", "x");
        Directory.CreateDirectory(two["s", "empty"]);
        var hash = DirectoryHash.Compute(one["s"]);
        DirectoryHash.Compute(two["s"]).ShouldBe(hash);
        two.Write("s/more.txt", "");
        DirectoryHash.Compute(two["s"]).ShouldNotBe(hash);
    }
}
