using ClawGrains.Client.Bench;

// Calls of the AssemblyScript sample's echo, audited:
//   dotnet run -c Release --project bench/Plugins [-- SECONDS [plain|away|kept|echo|grain|ratio CALLERS...]]
// Over HTTP the plugin and the plain tools take turns of a second, so that all meet the same machine.
var seconds = args.Length > 0 ? int.Parse(args[0]) : 6;
var only = args.Length > 1 ? args[1] : null;
var second = TimeSpan.FromSeconds(1);
await using var server = await BenchServer.StartAsync();
await using var client = await BenchClient.ConnectAsync(server.Url);
Func<Task> Calls((string, string Tool) tool) => () => client.CallAsync(tool.Tool);
Console.WriteLine($"{"",-40}{"calls/s",10}{"p50 µs",10}{"p99 µs",10}{"CPU µs",10}{"bytes/call",12}");
if (only is not (null or "ratio"))
{
    Func<Task> call = only == "grain" ? server.CallGrainAsync : () => client.CallAsync(only);
    await Figures.WarmUpAsync(call);
    foreach (var callers in args[2..]) (await Figures.MeasureAsync(int.Parse(callers), seconds * second, call)).Print($"{only}, {callers} callers");
    return;
}
if (only is null)
{
    await Figures.WarmUpAsync(server.CallRuntimeAsync, server.CallGrainAsync);
    var runtime = (await Figures.MeasureAsync(1, seconds * second, server.CallRuntimeAsync)).Print("runtime, 1 caller");
    var grain = (await Figures.MeasureAsync(1, seconds * second, server.CallGrainAsync)).Print("grain, 1 caller");
    foreach (var callers in (int[])[2, 16])
        (await Figures.MeasureAsync(callers, seconds * second, server.CallGrainAsync)).Print($"grain, {callers} callers");
    Console.WriteLine($"  grain over runtime: {grain.P50 / runtime.P50:F2} at the median");
}
var tools = new[] { ("plain tool", "plain"), ("plain tool behind a grain", "kept"), ("plugin", "echo") };
var answers = await Task.WhenAll(tools.Select(t => client.AskAsync(t.Item2, 0)));
if (answers.Distinct().Count() > 1) throw new InvalidOperationException($"the tools give other bytes:\n{string.Join('\n', answers)}");
await Figures.WarmUpAsync([.. tools.Select(Calls)]);
foreach (var callers in args.Length > 2 ? args[2..].Select(int.Parse) : [1, 2, 8])
{
    var rounds = tools.Select(_ => new List<Figures>()).ToArray();
    for (var i = 0; i < seconds * tools.Length; i++) rounds[i % tools.Length].Add(await Figures.MeasureAsync(callers, second, Calls(tools[i % tools.Length])));
    var sums = tools.Zip(rounds, (t, r) => (t.Item1, Figures: Figures.Sum(r).Print($"HTTP, {t.Item1}, {callers} callers"))).ToArray();
    foreach (var (name, f) in sums[..^1]) Console.WriteLine($"  over the {name}: {sums[^1].Figures.Against(f)}");
}
Console.WriteLine(await server.VerifyAsync());
