using ClawGrains.Skills.Eligibility;

namespace ClawGrains.Skills.Tests.Eligibility;

public sealed class SkillEligibilityTests
{
    private const string Needs = "metadata:\n  openclaw:\n    primaryEnv: KEY\n    requires: {bins: [a, b], anyBins: [c, d], env: [KEY, OTHER], config: [x.y, browser.enabled]}\n";

    [Fact]
    public void Evaluate_BareMachine_NamesEverythingMissing()
    {
        var report = SkillEligibility.Evaluate(Docs.Described(Needs), SkillEnvironment.Bare());
        report.Eligible.ShouldBeFalse();
        report.Missing.Bins.ShouldBe(["a", "b"]);
        report.Missing.AnyBins.ShouldBe(["c", "d"]);
        report.Missing.Env.ShouldBe(["KEY", "OTHER"]);
        report.Missing.Config.ShouldBe(["x.y"]);
        (report.ModelVisible, report.UserInvocable, report.CommandVisible).ShouldBe((false, true, false));
    }

    [Fact]
    public void Evaluate_EverythingThere_IsEligible()
    {
        var environment = SkillEnvironment.Bare() with
        {
            HasBinary = p => p is "a" or "b" or "d",
            GetVariable = v => v == "OTHER" ? "1" : " ",
            GetConfig = c => c == "x.y" ? true : null,
            GetSettings = k => k == "the-skill" ? new SkillSettings { HasApiKey = true } : null,
        };
        SkillEligibility.Evaluate(Docs.Described(Needs), environment).Eligible.ShouldBeTrue();
    }

    [Fact]
    public void Evaluate_ConfigSwitchedOff_BeatsTheDefault() =>
        SkillEligibility.Evaluate(Docs.Described(Needs), SkillEnvironment.Bare() with { GetConfig = _ => false }).Missing.Config.ShouldBe(["x.y", "browser.enabled"]);

    [Fact]
    public void Evaluate_Always_SkipsRequiresNotOs()
    {
        var skill = Docs.Described("metadata:\n  openclaw: {always: true, os: [darwin], requires: {bins: [a]}}");
        var report = SkillEligibility.Evaluate(skill, SkillEnvironment.Bare());
        report.Missing.Bins.ShouldBeEmpty();
        report.Missing.Os.ShouldBe(["darwin"]);
        SkillEligibility.Evaluate(skill, SkillEnvironment.Bare("darwin")).Eligible.ShouldBeTrue();
    }

    [Theory]
    [InlineData("macos", "darwin", true)]
    [InlineData("' Linux '", "linux", true)]
    [InlineData("win32", "linux", false)]
    public void Evaluate_Os_IsCompared(string os, string platform, bool eligible) =>
        SkillEligibility.Evaluate(Docs.Described($"metadata:\n  openclaw: {{os: [{os}]}}"), SkillEnvironment.Bare(platform)).Eligible.ShouldBe(eligible);

    [Fact]
    public void Evaluate_HiddenFromTheModel_IsStillACommand()
    {
        var report = SkillEligibility.Evaluate(Docs.Described("disable-model-invocation: true"), SkillEnvironment.Bare());
        (report.ModelVisible, report.CommandVisible).ShouldBe((false, true));
    }

    [Fact]
    public void Evaluate_NotUserInvocable_IsNoCommand()
    {
        var report = SkillEligibility.Evaluate(Docs.Described("user-invocable: false"), SkillEnvironment.Bare());
        (report.ModelVisible, report.CommandVisible).ShouldBe((true, false));
    }

    [Fact]
    public void Evaluate_SwitchedOff_IsNeitherEligibleNorMissingAnything()
    {
        var report = SkillEligibility.Evaluate(Docs.Described(""), SkillEnvironment.Bare() with { GetSettings = _ => new SkillSettings { Enabled = false } });
        (report.Eligible, report.Disabled, report.Missing.IsEmpty).ShouldBe((false, true, true));
    }

    [Fact]
    public void Has_ProgramOnThePath_NeedsItsExecuteBit()
    {
        using var tree = new TempTree();
        File.SetUnixFileMode(tree.Write("bin/runs", ""), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        tree.Write("bin/reads", "");
        var path = new ProgramPath(tree["none"] + Path.PathSeparator + tree["bin"]);
        (path.Has("runs"), path.Has("reads"), path.Has("absent")).ShouldBe((true, false, false));
    }
}
