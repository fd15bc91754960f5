namespace ClawGrains.EndToEnd.Tests.Mcp;

/// <summary>
/// The programs pinned in <c>tests/EndToEnd.Tests/npm</c>: the official conformance suite and the MCP Inspector.
/// They are installed when a test first needs them, and again when the lock file changes.
/// </summary>
public sealed class NpmTools
{
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
        await NpmModules.InstallAsync(Folder);
        var (code, output, error) = await ToolProcess.RunAsync(Folder, Node, [Path.Combine(Modules, script), .. args]);
        return (code, output + error);
    }
}
