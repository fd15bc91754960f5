using System.Diagnostics;

namespace ClawGrains.EndToEnd.Tests.Mcp;

/// <summary>
/// The programs pinned in <c>tests/EndToEnd.Tests/npm</c>: the official conformance suite and the MCP Inspector.
/// They are installed when a test first needs them, and again when the lock file changes.
/// </summary>
public sealed class NpmTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private static string Folder => Path.Combine(TestData.Repository, "tests", "EndToEnd.Tests", "npm");

    private static string Modules => Path.Combine(Folder, "node_modules");

    // Both programs want Node 22, which the lock file brings along; the one of the machine is the second choice.
    private static string Node => Path.Combine(Modules, "node", "bin", "node") is var own && File.Exists(own) ? own : "node";

    /// <summary>Runs the conformance suite.</summary>
    public static Task<(int Code, string Output)> ConformanceAsync(params string[] args) =>
        RunAsync("@modelcontextprotocol/conformance/dist/index.js", args);

    /// <summary>Runs the Inspector's command line.</summary>
    public static Task<(int Code, string Output)> InspectorAsync(params string[] args) =>
        RunAsync("@modelcontextprotocol/inspector/clients/launcher/build/index.js", ["--cli", .. args]);

    private static async Task<(int Code, string Output)> RunAsync(string script, string[] args)
    {
        await InstallAsync();
        return await StartAsync(Node, [Path.Combine(Modules, script), .. args]);
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            var stamp = Path.Combine(Modules, ".installed");
            var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
            if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted) return;
            var (code, output) = await StartAsync("npm", ["ci", "--no-audit", "--no-fund"]);
            code.ShouldBe(0, $"npm ci failed:\n{output}");
            await File.WriteAllTextAsync(stamp, wanted);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<(int Code, string Output)> StartAsync(string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder,
        };
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)} ran for more than {Patience}.");
        }
        return (process.ExitCode, await output + await error);
    }
}
