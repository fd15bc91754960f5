using ClawGrains.Sandbox.Autogen;

namespace ClawGrains.Sandbox.Tests.Autogen;

public sealed class JcoTests
{
    [ProgramFact("node", "npm")]
    public async Task Compile_Sequence_IsTakenByJco()
    {
        using var directory = new TemporaryDirectory();
        var component = Path.Combine(directory.Path, "sequence.wasm");
        File.WriteAllBytes(component, ToolSequenceCompiler.Compile(ToolSequenceCompilerTests.Plan()));
        var output = await JcoTool.WitAsync(component);
        output.ShouldContain("import clawgrains:tools/host-tools@1.0.0;");
        output.ShouldContain("execute-tool: func(tool-name: string, params-json: string) -> result<string, string>;");
    }
}
