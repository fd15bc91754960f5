using System.Diagnostics;
using System.Text.Json;

namespace ClawGrains.Fuzz.Wasm.Differential;

/// <summary>Runs one of our node scripts over a batch of modules.</summary>
internal static class NodeProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>One line of output per module.</summary>
    /// <param name="node">The program.</param>
    /// <param name="script">Its script, beside this assembly in <c>Wasm</c>.</param>
    /// <param name="modules">Written to files that the plan names.</param>
    /// <param name="plan">The plan's entry for a module's number and file.</param>
    /// <exception cref="InvalidOperationException">Node failed, or took over two minutes.</exception>
    public static string[] Run(string node, string script, IEnumerable<byte[]> modules, Func<int, string, object> plan)
    {
        var folder = Directory.CreateTempSubdirectory("clawgrains-node-");
        try
        {
            var entries = modules.Select((bytes, i) => plan(i, Write(folder.FullName, i, bytes))).ToArray();
            var planFile = Path.Combine(folder.FullName, "plan.json");
            File.WriteAllText(planFile, JsonSerializer.Serialize(entries));
            return Run(node, [Path.Combine(AppContext.BaseDirectory, "Wasm", script), planFile]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(string folder, int number, byte[] bytes)
    {
        var file = Path.Combine(folder, $"{number}.wasm");
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static string[] Run(string node, string[] arguments)
    {
        var start = new ProcessStartInfo(node, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"Could not start {node}.");
        using var limit = new Timer(_ => process.Kill(), null, Limit, Timeout.InfiniteTimeSpan);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"{node} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
    }
}
