using System.Diagnostics;
using ClawGrains.Skills.Eligibility;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Rendering;
using ClawGrains.Skills.Strict;

namespace ClawGrains.Fuzz.Skills;

/// <summary>The parser of <c>SKILL.md</c>, lenient and strict, and what is computed from its result, on damaged seeds.</summary>
internal sealed class SkillsTarget : FuzzTarget
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    private readonly byte[][] _seeds = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "seeds", "skills"))
        .Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public override string Name => "skills";

    public override string Summary => "SKILL.md, lenient and strict: damaged seeds, two seconds each";

    protected override IEnumerable<Finding> Try(ulong seed, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Random((int)((seed + (ulong)i) & int.MaxValue));
            var input = Mutation.Apply(_seeds[random.Next(_seeds.Length)], _seeds, random);
            if (Fault(input) is { } what) yield return new Finding(seed + (ulong)i, what, input);
        }
    }

    private static string? Fault(byte[] input)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            Run(input);
            return clock.Elapsed <= MaxTime ? null : $"took {clock.Elapsed.TotalMilliseconds:F0} ms";
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private static void Run(byte[] input)
    {
        var skill = SkillParser.Parse(input, "/skills/fuzzed/SKILL.md");
        Check(!skill.IsValid || (skill.Name.Length > 0 && skill.Description.Length > 0), "a valid skill lacks its name or description");
        foreach (var finding in skill.Errors.Concat(skill.Warnings).Concat(StrictRules.Check(skill)))
            Check(finding is { Line: > 0, Column: > 0, Message.Length: > 0, Code.Length: > 0 }, $"a finding without place or text: {finding}");
        var report = SkillEligibility.Evaluate(skill, SkillEnvironment.Bare());
        Check(!report.ModelVisible || report.Eligible, "visible but not eligible");
        Check(SkillRenderer.Render(skill, "x").Length > 0, "nothing rendered");
    }

    private static void Check(bool condition, string message)
    {
        if (!condition) throw new InvalidOperationException(message);
    }
}
