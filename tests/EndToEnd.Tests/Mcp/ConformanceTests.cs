using ClawGrains.EndToEnd.Tests.Mcp.Fixtures;
using Xunit.Abstractions;

namespace ClawGrains.EndToEnd.Tests.Mcp;

/// <summary>Tests beside which no others run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunAlone
{
    public const string Name = "run alone";
}

/// <summary>The official MCP conformance suite against the product's HTTP endpoint. Some of its checks give a server half a second.</summary>
[Collection(RunAlone.Name)]
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string NoTasks = "the extension io.modelcontextprotocol/tasks is not declared: every call of a skill answers at once";

    /// <summary>Scenarios that do not apply to this server, by the start of their names, with the reason.</summary>
    private static readonly Dictionary<string, string> NotApplicable = new() { ["tasks-"] = NoTasks };

    [ProgramFact("npm", "node")]
    public async Task Server_InEveryRevision_PassesEveryScenario()
    {
        var scenarios = await ConformanceRun.ListAsync();
        scenarios.Count.ShouldBeGreaterThan(40, "the suite lists hardly any scenario");
        var revisions = scenarios.Values.SelectMany(r => r).Where(r => char.IsAsciiDigit(r[0])).Distinct().Order().ToArray();
        var failures = new List<string>();
        foreach (var revision in revisions)
        {
            // A server of its own for each: some scenarios add tools and prompts.
            await using var server = await FixtureServer.StartAsync(new FixtureSource());
            var results = await ConformanceRun.RunAsync(server.Url, revision);
            var expected = scenarios.Where(s => s.Value.Contains(revision)).Select(s => s.Key).ToArray();
            expected.Except(results.Keys).ShouldBeEmpty($"scenarios of {revision} that were not run");
            failures.AddRange(Report(revision, results));
        }
        failures.ShouldBeEmpty();
    }

    [ProgramFact("npm", "node")]
    public async Task Server_OfExtensions_PassesTheirScenarios()
    {
        var scenarios = (await ConformanceRun.ListAsync()).Where(s => s.Value.Contains("extension")).Select(s => s.Key).ToArray();
        var failures = new List<string>();
        await using var server = await FixtureServer.StartAsync(new FixtureSource(), new FixtureSkills());
        foreach (var scenario in scenarios)
        {
            if (NotApplicable.FirstOrDefault(n => scenario.StartsWith(n.Key, StringComparison.Ordinal)) is { Key: not null } reason)
                output.WriteLine($"{scenario}: does not apply, since {reason.Value}");
            else failures.AddRange(Report("2026-07-28", await ConformanceRun.RunAsync(server.Url, "2026-07-28", scenario)));
        }
        failures.ShouldBeEmpty();
    }

    private IEnumerable<string> Report(string revision, IReadOnlyDictionary<string, string[]> results)
    {
        foreach (var (scenario, failed) in results)
        {
            output.WriteLine($"{revision} {scenario}: {(failed.Length == 0 ? "passed" : "FAILED")}");
            foreach (var check in failed) yield return $"{revision} {scenario}: {check}";
        }
    }
}
