using System.Diagnostics;
using System.Text;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace ClawGrains.Skills.Tests.Parsing;

public sealed class ParserPropertyTests
{
    private static readonly string[] Pieces =
        ["name: a", "description: d", "\n", "\n", "\n", " ", "  ", ": ", ":", "\"", "'", "[", "]", "{", "}", ",", "- ", "? ", "*a", "&a ", "!x ", "|", ">", "#", " #", "---", "...", "\t", "\\", "metadata:", "%", "é", "\u2028", "\0", "1", "x"];

    private static Arbitrary<string> Texts => Gen.Elements(Pieces).ListOf().Select(p => "---\n" + string.Concat(p) + "\n---\nbody $ARGUMENTS").ToArbitrary();

    [Fact]
    public void Parse_AnyText_GivesADocument() => Prop.ForAll(Texts, text =>
    {
        var skill = SkillParser.Parse(text, Docs.Path);
        return skill.IsValid ? skill.Name.Length > 0 && skill.Description.Length > 0 : skill.Errors[0].Line > 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60));

    [Fact]
    public void Parse_AnyBytes_GivesADocument() => Prop.ForAll<byte[]>(bytes =>
        SkillParser.Parse(bytes ?? [], Docs.Path).FilePath == Docs.Path).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Parse_Twice_GivesTheSame() => Prop.ForAll(Texts, text =>
    {
        var (first, second) = (SkillParser.Parse(text, Docs.Path), SkillParser.Parse(text, Docs.Path));
        return first.Name == second.Name && first.Errors.SequenceEqual(second.Errors) && first.Warnings.SequenceEqual(second.Warnings);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Render_ItsOwnOutput_ChangesNothing() => Prop.ForAll(Texts, text =>
    {
        var once = SkillRenderer.Render(SkillParser.Parse(text, Docs.Path), "input");
        var again = SkillParser.Parse("---\ndescription: d\n---\n" + once, Docs.Path);
        return SkillRenderer.Render(again) == once;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    // Eight times the text may take at most forty times as long: quadratic work would take sixty-four times.
    [Theory]
    [InlineData("key{0}: value\n")]
    [InlineData("key{0}: {{a: [1, 2], b: \"x\"}}\n")]
    [InlineData("key{0}: |\n  text\n  text\n")]
    public void Parse_LongerText_TakesLinearTime(string line)
    {
        Measure(line, 250);
        var (small, large) = (Measure(line, 500), Measure(line, 4000));
        large.ShouldBeLessThan(Math.Max(small * 40, TimeSpan.TicksPerSecond / 5));
    }

    private static long Measure(string line, int count)
    {
        var text = new StringBuilder("---\ndescription: d\n");
        for (var i = 0; i < count; i++) text.AppendFormat(null, line, i);
        var bytes = Encoding.UTF8.GetBytes(text.Append("---\n").ToString());
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            SkillParser.Parse(bytes, Docs.Path).IsValid.ShouldBeTrue();
            return clock.Elapsed.Ticks;
        });
    }
}
