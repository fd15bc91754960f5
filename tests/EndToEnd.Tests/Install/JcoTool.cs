using System.Diagnostics;

namespace ClawGrains.EndToEnd.Tests.Install;

/// <summary>The component tools of the Bytecode Alliance, as <c>jco</c> carries them; installed when first needed.</summary>
internal static class JcoTool
{
    private const string Script = """
        const { componentWit, print } = await import('@bytecodealliance/jco-transpile/wasm-tools');
        const { readFileSync } = await import('node:fs');
        const bytes = readFileSync(process.argv[1]);
        console.log(await componentWit(bytes));
        if ((await print(bytes)).length === 0) throw new Error('nothing printed');
        """;

    private static string Folder => Path.Combine(TestData.Repository, "samples", "plugins", "assemblyscript");

    /// <summary>Has a component decoded and validated; gives its world.</summary>
    public static async Task<string> WitAsync(string component)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@bytecodealliance", "jco-transpile")))
            (await RunAsync("npm", "ci", "--no-audit", "--no-fund")).Code.ShouldBe(0, "npm ci failed");
        var (code, output) = await RunAsync("node", "--input-type=module", "-e", Script, component);
        code.ShouldBe(0, output);
        return output;
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
