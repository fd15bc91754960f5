using ClawGrains.Wasm.Spec.Running;
using ClawGrains.Wasm.Spec.Script;

namespace ClawGrains.Wasm.Spec.Tests.Official;

/// <summary>The WebAssembly 2.0 suite, every file, in two modes of the engine that share no code path for calls.</summary>
public sealed class OfficialSuiteTests
{
    private const int Files = 148, TextOnly = 1091, Commands = 54_006;

    [SpecSuiteFact]
    public void OfficialSuite_UnmeteredAndLazy_PassesAllButTextOnly() => Check(new EngineOptions());

    [SpecSuiteFact]
    public void OfficialSuite_MeteredAndEager_PassesAllButTextOnly() =>
        Check(new EngineOptions { Metering = true, EagerCompilation = true });

    private static void Check(EngineOptions options)
    {
        var folder = SpecSuite.Folder!;
        var reports = ScriptFinder.Find(folder, "*").Select(f => ScriptRunner.RunFile(Path.Combine(folder, f), options)).ToArray();
        reports.SelectMany(r => r.Failures.Take(5).Select(f => $"{r.Source}:{f.Line}: {f.Command}: {f.Reason}")).ShouldBeEmpty();
        reports.Length.ShouldBe(Files);
        reports.SelectMany(r => r.Skips).GroupBy(s => s.Key, s => s.Value).Select(g => (g.Key, g.Sum()))
            .ShouldBe([("text format", TextOnly)]);
        reports.Sum(r => r.Passed + r.Skipped).ShouldBe(Commands);
    }
}
