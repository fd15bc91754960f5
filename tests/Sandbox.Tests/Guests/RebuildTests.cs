using System.Diagnostics;

namespace ClawGrains.Sandbox.Tests.Guests;

public sealed class RebuildTests
{
    private static readonly string Sources = Path.Combine(TestData.Repository, "tests", "Guests");

    [ProgramFact("node", "npm", "clang-19", "wasm-ld-19")]
    public async Task Guests_BuiltAgain_HaveTheSameBytes()
    {
        if (!Directory.Exists(Path.Combine(Sources, "node_modules", "@bytecodealliance"))) await RunAsync("npm", "ci", "--no-audit", "--no-fund");
        using var directory = new TemporaryDirectory();
        await RunAsync("node", "build.mjs", directory.Path);
        foreach (var built in Directory.EnumerateFiles(Path.Combine(Sources, "built"), "*.wasm"))
            File.ReadAllBytes(Path.Combine(directory.Path, Path.GetFileName(built))).ShouldBe(File.ReadAllBytes(built), Path.GetFileName(built));
        Directory.EnumerateFiles(directory.Path).Count().ShouldBe(Directory.EnumerateFiles(Path.Combine(Sources, "built")).Count());
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Sources, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{await output}\n{error}");
    }
}
