using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ClawGrains.EndToEnd.Tests.Mcp;

/// <summary>What the official suite offers, and what came of a run of it.</summary>
internal static partial class ConformanceRun
{
    /// <summary>The server scenarios with the revisions each is for, as the suite itself lists them.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> ListAsync()
    {
        var (code, output) = await NpmTools.ConformanceAsync("list", "--server");
        code.ShouldBe(0, output);
        return Row().Matches(output).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Split(','));
    }

    /// <summary>Runs all scenarios of a revision, or one scenario, and returns the failed checks by scenario.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> RunAsync(string url, string revision, string? scenario = null)
    {
        var directory = Directory.CreateTempSubdirectory("claw-conformance-").FullName;
        try
        {
            string[] which = scenario is null ? ["--suite", "all"] : ["--scenario", scenario, "--force"];
            var (_, output) = await NpmTools.ConformanceAsync(["server", "--url", url, "--spec-version", revision, "-o", directory, .. which]);
            var results = Directory.GetDirectories(directory)
                .ToDictionary(d => ScenarioOf(Path.GetFileName(d)), FailuresOf);
            results.ShouldNotBeEmpty(output);
            return results;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string ScenarioOf(string directory) => Stamp().Replace(directory["server-".Length..], "");

    private static string[] FailuresOf(string directory) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(directory, "checks.json")))!.AsArray()
            .Where(c => c!["status"]!.GetValue<string>() == "FAILURE")
            .Select(c => $"{c!["id"]}: {c["errorMessage"]}")];

    [GeneratedRegex(@"^  - (\S+) \[([^\]]+)\]", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"-\d{4}-\d{2}-\d{2}T[\d-]+Z$")]
    private static partial Regex Stamp();
}
