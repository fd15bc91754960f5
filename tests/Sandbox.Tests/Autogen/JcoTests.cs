using System.Diagnostics;
using ClawGrains.Sandbox.Autogen;

namespace ClawGrains.Sandbox.Tests.Autogen;

public sealed class JcoTests
{
    private const string Script = """
        const { componentWit, print } = await import('@bytecodealliance/jco-transpile/wasm-tools');
        const { readFileSync } = await import('node:fs');
        const bytes = readFileSync(process.argv[1]);
        console.log(await componentWit(bytes));
        console.log((await print(bytes)).length > 0);
        """;

    private static string Folder => Path.Combine(TestData.Repository, "samples", "plugins", "assemblyscript");

    [ProgramFact("node", "npm")]
    public async Task Compile_Sequence_IsTakenByJco()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@bytecodealliance", "jco-transpile")))
            (await RunAsync("npm", "ci", "--no-audit", "--no-fund")).Code.ShouldBe(0, "npm ci failed");
        using var directory = new TemporaryDirectory();
        var component = Path.Combine(directory.Path, "sequence.wasm");
        File.WriteAllBytes(component, ToolSequenceCompiler.Compile(ToolSequenceCompilerTests.Plan()));
        var (code, output) = await RunAsync("node", "--input-type=module", "-e", Script, component);
        code.ShouldBe(0, output);
        output.ShouldContain("import clawgrains:tools/host-tools@1.0.0;");
        output.ShouldContain("execute-tool: func(tool-name: string, params-json: string) -> result<string, string>;");
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
