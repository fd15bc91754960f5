using ClawGrains.Wasm.Spec.Reporting;
using ClawGrains.Wasm.Spec.Running;

namespace ClawGrains.Wasm.Spec.Tests.Fixtures;

/// <summary>Our own scripts, beside the tests.</summary>
internal static class FixtureScripts
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static FileReport Run(string name) =>
        ScriptRunner.RunFile(Path.Combine(Folder, name, $"{name}.json"), new EngineOptions());
}
