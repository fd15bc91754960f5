using ClawGrains.Host.Bench;

namespace ClawGrains.Live.Bench;

/// <summary>
/// How long it takes from the write of a <c>SKILL.md</c> until a connected MCP client has the changed <c>tools/list</c>, with the
/// published program and the SDK's client: <c>./claw version &amp;&amp; dotnet run -c Release --project bench/Live [-- SKILLS [ROUNDS]]</c>.
/// </summary>
internal static class LiveBench
{
    private const double MedianLimit = 250;
    private const double TailLimit = 1_000;

    private static readonly string _claw = Path.Combine(FindRoot(), "artifacts", "claw", "claw");

    public static async Task<int> RunAsync(string[] args)
    {
        if (!File.Exists(_claw))
        {
            Console.Error.WriteLine("Build the command first: ./claw version");
            return 1;
        }
        var (skills, rounds) = (args.Length > 0 ? int.Parse(args[0]) : 2_000, args.Length > 1 ? int.Parse(args[1]) : 100);
        Console.WriteLine($"{skills} skills, {rounds} edits of one of them each; ms from the write of the file");
        var held = await ServedAsync("HTTP", skills, rounds, (_, host) => LiveClient.OverHttpAsync(host.Url));
        held &= await ServedAsync("stdio through the host", skills, rounds, (workspace, _) => LiveClient.OverStdioAsync(_claw, workspace));
        using (var workspace = new Workspace(skills))
        {
            await using var client = await LiveClient.OverStdioAsync(_claw, workspace);
            held &= await MeasureAsync("stdio alone", client, workspace, skills, rounds);
        }
        return held ? 0 : 2;
    }

    private static async Task<bool> ServedAsync(string name, int skills, int rounds, Func<Workspace, HostProcess, Task<LiveClient>> connect)
    {
        using var workspace = new Workspace(skills);
        using var host = await HostProcess.StartAsync(_claw, workspace);
        await using var client = await connect(workspace, host);
        return await MeasureAsync(name, client, workspace, skills, rounds);
    }

    private static async Task<bool> MeasureAsync(string name, LiveClient client, Workspace workspace, int skills, int rounds)
    {
        var (told, listed) = (new List<double>(), new List<double>());
        var random = new Random(1);
        for (var round = -5; round < rounds; round++)
        {
            // Not in step with anything the host does.
            await Task.Delay(random.Next(50, 400));
            var (tell, list) = await client.EditAsync(workspace, random.Next(skills), round);
            if (round < 0) continue;
            told.Add(tell);
            listed.Add(list);
        }
        var (p50, p99) = (Percentile(listed, 0.5), Percentile(listed, 0.99));
        var held = p50 <= MedianLimit && p99 <= TailLimit;
        Console.WriteLine($"{name,-24} list_changed p50 {Percentile(told, 0.5),6:0} p99 {Percentile(told, 0.99),6:0}   "
            + $"changed tools/list p50 {p50,6:0} p99 {p99,6:0}   {(held ? "holds" : "FAILS")} (p50 <= {MedianLimit}, p99 <= {TailLimit})");
        return held;
    }

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
