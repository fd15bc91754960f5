using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ClawGrains.Host.Bench;

/// <summary>
/// Measures the published <c>claw</c> from outside: <c>dotnet run -c Release --project bench/Host [-- --json]</c>.
/// Times are wall clock, medians of several runs.
/// </summary>
internal static class HostBench
{
    private const int Runs = 7;

    private static readonly string _claw = Path.Combine(FindRoot(), "artifacts", "claw", "claw");

    public static async Task<int> RunAsync(string[] args)
    {
        if (!File.Exists(_claw))
        {
            Console.Error.WriteLine("Build the command first: ./claw version");
            return 1;
        }
        var figures = new JsonObject();
        await ColdStartAsync(figures, 60);
        await ListingAsync(figures, 2000);
        await CommandAsync(figures, 2000);
        await ReadyAsync(figures, 2000);
        if (args.Contains("--json")) Console.WriteLine(figures.ToJsonString(new() { WriteIndented = true }));
        else foreach (var (name, value) in figures) Console.WriteLine($"{name,-58} {value!.GetValue<double>(),10:0.00}");
        return 0;
    }

    // From the start of the process to the first answer of tools/list.
    private static async Task ColdStartAsync(JsonObject figures, int skills)
    {
        using var workspace = new Workspace(skills);
        var (times, memory) = (new List<double>(), 0L);
        for (var i = 0; i <= Runs; i++)
        {
            var clock = Stopwatch.StartNew();
            using var client = new StdioClient(_claw, workspace);
            await client.InitializeAsync();
            await client.AskAsync("tools/list", []);
            if (i > 0) times.Add(clock.Elapsed.TotalMilliseconds);
            memory = Math.Max(memory, client.PeakMemory());
        }
        figures[$"cold start to tools/list over stdio, {skills} skills, ms"] = Median(times);
        figures[$"peak resident memory with {skills} skills, MB"] = memory / 1e6;
    }

    private static async Task ListingAsync(JsonObject figures, int skills)
    {
        using var workspace = new Workspace(skills);
        using var client = new StdioClient(_claw, workspace);
        await client.InitializeAsync();
        var pages = new List<double>();
        for (var round = 0; round < 20; round++)
            for (string? cursor = ""; cursor is not null;)
            {
                var clock = Stopwatch.StartNew();
                var page = await client.AskAsync("tools/list", cursor.Length == 0 ? [] : new JsonObject { ["cursor"] = cursor });
                if (round > 1) pages.Add(clock.Elapsed.TotalMilliseconds);
                cursor = (string?)page["nextCursor"];
            }
        figures[$"tools/list page over stdio, {skills} skills, p50 ms"] = Median(pages);
        figures[$"tools/list page over stdio, {skills} skills, p99 ms"] = Percentile(pages, 0.99);

        var calls = new List<double>();
        for (var i = 0; i < 2000; i++)
        {
            var clock = Stopwatch.StartNew();
            await client.AskAsync("tools/call", new JsonObject
            {
                ["name"] = $"skill-{i % skills:0000}", ["arguments"] = new JsonObject { ["arguments"] = "x" },
            });
            if (i >= 200) calls.Add(clock.Elapsed.TotalMilliseconds);
        }
        figures["tools/call of a skill over stdio, p50 ms"] = Median(calls);
    }

    private static async Task CommandAsync(JsonObject figures, int skills)
    {
        using var workspace = new Workspace(skills);
        var times = new List<double>();
        for (var i = 0; i <= Runs; i++)
        {
            var start = new ProcessStartInfo(_claw, ["skill", "list", "--json", "--workspace", workspace.Folder, "--data", workspace.Data]) { RedirectStandardOutput = true };
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (i > 0) times.Add(clock.Elapsed.TotalMilliseconds);
        }
        figures[$"skill list --json, {skills} skills, ms"] = Median(times);
    }

    private static async Task ReadyAsync(JsonObject figures, int skills)
    {
        using var workspace = new Workspace(skills);
        var times = new List<double>();
        for (var i = 0; i <= Runs; i++)
        {
            var start = new ProcessStartInfo(_claw, ["serve", "--port", "0", "--workspace", workspace.Folder, "--data", workspace.Data]) { RedirectStandardOutput = true, RedirectStandardError = true };
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            await process.StandardOutput.ReadLineAsync();
            if (i > 0) times.Add(clock.Elapsed.TotalMilliseconds);
            process.Kill();
            await process.WaitForExitAsync();
        }
        figures[$"claw serve ready, {skills} skills, ms"] = Median(times);
    }

    private static double Median(List<double> values) => Percentile(values, 0.5);

    private static double Percentile(List<double> values, double p)
    {
        values.Sort();
        return values[(int)Math.Min(values.Count - 1, p * values.Count)];
    }

    private static string FindRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "ClawGrains.sln"))) return d.FullName;
        throw new InvalidOperationException("Run it inside the repository.");
    }
}
