using ClawGrains.Wasm.Spec.Running;
using ClawGrains.Wasm.Spec.Tests.Fixtures;

namespace ClawGrains.Wasm.Spec.Tests.Running;

public sealed class ScriptRunnerTests
{
    [Fact]
    public void PassingScript_Run_PassesEveryCommand()
    {
        var report = FixtureScripts.Run("passing");
        report.Failures.ShouldBeEmpty();
        (report.Passed, report.Skipped).ShouldBe((29, 0));
        report.PassedByKind["assert_return"].ShouldBe(15);
    }

    [Fact]
    public void ShapesThatTheJitMiscompiles_Run_PassAll()
    {
        var report = FixtureScripts.Run("miscompiled");
        report.Failures.Take(10).Select(f => $"{f.Line}: {f.Reason}").ShouldBeEmpty();
        report.Passed.ShouldBe(680);
    }

    [ProgramFact("env", "dotnet")]
    public async Task ShapesThatTheJitMiscompiles_OnAProcessorWithoutExtensions_PassAll()
    {
        var output = await ToolProcess.SucceedAsync(
            AppContext.BaseDirectory, "env", "DOTNET_EnableHWIntrinsic=0", "dotnet", "ClawGrains.Wasm.Spec.dll", Path.Combine("Fixtures", "miscompiled"));
        output.ShouldContain("680 passed, 0 failed, 0 skipped");
    }

    [Fact]
    public void FailingScript_Run_FailsEveryAssertionWithItsReason()
    {
        var report = FixtureScripts.Run("failing");
        (report.Passed, report.Failed, report.Skipped).ShouldBe((1, 12, 0));
        report.Failures.Select(f => f.Line).ShouldBe(Enumerable.Range(5, 12));
        report.Failures[0].Reason.ShouldBe("one gave i32:1, not i32 2");
        report.Failures[1].Reason.ShouldBe("one gave i32:1, not nothing");
        report.Failures[2].Reason.ShouldBe("TrapException: unreachable");
        report.Failures[3].Reason.ShouldBe("no function 'none' is exported");
        report.Failures[4].Reason.ShouldBe("did not trap but gave i32:1");
        report.Failures[5].Reason.ShouldBe("trap trapped with 'unreachable', not 'integer overflow'");
        report.Failures[7].Reason.ShouldBe("accepted, though 'type mismatch'");
        report.Failures[9].Reason.ShouldBe("linked, though 'unknown import'");
        report.Failures[11].Reason.ShouldBe("there is no module $nobody");
    }

    [Fact]
    public void SkippingScript_Run_SkipsWhatDependsOnWhatWasSkipped()
    {
        var report = FixtureScripts.Run("skipping");
        (report.Passed, report.Failed, report.Skipped).ShouldBe((2, 0, 3));
        report.Skips["text format"].ShouldBe(1);
        report.Skips.Keys.ShouldContain(k => k.StartsWith("unsupported: ", StringComparison.Ordinal) && k.Contains("gc"));
    }

    [Fact]
    public void BrokenFile_Run_IsOneFailure()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "{ \"commands\": [");
        var report = ScriptRunner.RunFile(path, new EngineOptions());
        File.Delete(path);
        report.Failed.ShouldBe(1);
        report.Failures[0].Command.ShouldBe("script");
    }

    [Fact]
    public void OtherJson_Run_CountsNothing()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "{ \"name\": \"a package\" }");
        var report = ScriptRunner.RunFile(path, new EngineOptions());
        File.Delete(path);
        (report.Passed + report.Failed + report.Skipped).ShouldBe(0);
    }
}
