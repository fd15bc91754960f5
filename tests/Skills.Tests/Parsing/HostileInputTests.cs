using System.Diagnostics;
using System.Text;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Tests.Parsing;

public sealed class HostileInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("[", SkillCodes.TooDeep)]
    [InlineData("{a: ", SkillCodes.TooDeep)]
    [InlineData("- ", SkillCodes.TooDeep)]
    [InlineData("? ", SkillCodes.TooDeep)]
    public void Yaml_TenThousandDeep_IsRefused(string opener, string code)
    {
        var yaml = "description: d\nx:\n  " + string.Concat(Enumerable.Repeat(opener, 10_000));
        var clock = Stopwatch.StartNew();
        Docs.Fields(yaml).Errors.Single().Code.ShouldBe(code);
        clock.Elapsed.ShouldBeLessThan(Patience);
    }

    [Fact]
    public void Yaml_DeepByIndentation_IsRefused()
    {
        var yaml = new StringBuilder("description: d\n");
        for (var i = 0; i < 600; i++) yaml.Append(' ', i).Append("k:\n");
        Docs.Fields(yaml.ToString()).Errors.Single().Code.ShouldBe(SkillCodes.TooDeep);
    }

    [Fact]
    public void Yaml_AliasBomb_IsRefused()
    {
        var yaml = new StringBuilder("description: d\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        Docs.Fields(yaml.ToString().TrimEnd()).Errors.Single().Code.ShouldBe(SkillCodes.Alias);
    }

    [Fact]
    public void Yaml_AliasToItsOwnAnchor_StaysText()
    {
        var skill = Docs.Fields("description: d\nx: &a [*a]\nmetadata: &m {openclaw: *m}");
        skill.IsValid.ShouldBeTrue();
        skill.Frontmatter["x"].ShouldBe("&a [*a]");
    }

    [Fact]
    public void Yaml_ChainOfAliases_StaysTextWhereDeep()
    {
        var yaml = new StringBuilder("description: d\na0: &a0 [x]");
        for (var i = 1; i < 5_000; i++) yaml.Append($"\na{i}: &a{i} [*a{i - 1}]");
        Docs.Fields(yaml.ToString()).Frontmatter["a4999"].ShouldBe("&a4999 [*a4998]");
    }

    [Fact]
    public void Yaml_ManyUsesOfALargeAnchor_StayBounded()
    {
        var yaml = $"description: d\na: &a '{new string('x', 100_000)}'\nb: [{string.Join(", ", Enumerable.Repeat("*a", 99))}]";
        Docs.Fields(yaml).Frontmatter.Values.Sum(v => v.Length).ShouldBeLessThan(1_500_000);
    }

    [Theory]
    [InlineData("a: ")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("# \n")]
    [InlineData("\t")]
    [InlineData("k: v\n ")]
    [InlineData("[a,")]
    [InlineData("&a *a ")]
    [InlineData("! ")]
    [InlineData("---\n")]
    [InlineData("key\n")]
    [InlineData("- - ")]
    public void Yaml_LongRuns_ReadInTime(string piece)
    {
        var clock = Stopwatch.StartNew();
        Docs.Fields("description: d\nx: " + string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length)));
        clock.Elapsed.ShouldBeLessThan(Patience);
    }

    [Fact]
    public void FrontMatter_BeyondTheLimit_IsRefused() =>
        Docs.Fields("description: " + new string('x', 300_000)).Errors.Single().Code.ShouldBe(SkillCodes.TooLarge);

    [Fact]
    public void File_Binary_IsRefused() =>
        SkillParser.Parse(new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1, 2, 0xff }, Docs.Path).Errors.Single().Code.ShouldBe(SkillCodes.Binary);

    [Fact]
    public void File_InvalidUtf8_LoadsWithAWarning()
    {
        var skill = SkillParser.Parse((byte[])[.. "---\ndescription: a"u8, 0xff, .. "b\n---\n"u8], Docs.Path);
        skill.Description.ShouldBe("a\ufffdb");
        skill.Warnings.Single().Code.ShouldBe(SkillCodes.InvalidUtf8);
    }

    [Fact]
    public void File_OfFiftyMegabytes_IsRefusedUnread()
    {
        using var tree = new TempTree();
        using (var file = File.Create(tree["SKILL.md"])) file.SetLength(50L << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SkillReader.Read(tree["SKILL.md"]).Errors.Single().Message.ShouldBe("the file has 52428800 bytes; at most 1048576 are read");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    [Fact]
    public void File_Missing_IsRefused() => SkillReader.Read("/no/such/SKILL.md").Errors.Single().Code.ShouldBe(SkillCodes.Unreadable);
}
