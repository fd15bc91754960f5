using ClawGrains.Client.Bench;

// Calls of the AssemblyScript sample's echo, audited:  dotnet run -c Release --project bench/Plugins [-- SECONDS [plain|away|echo|grain CALLERS]]
// Over HTTP the plugin and the plain tool take turns of a second, so that both meet the same machine.
var seconds = args.Length > 0 ? int.Parse(args[0]) : 6;
var second = TimeSpan.FromSeconds(1);
await using var server = await BenchServer.StartAsync();
await using var client = await BenchClient.ConnectAsync(server.Url);
Task Plain() => client.CallAsync("plain");
Task Echo() => client.CallAsync("echo");
Console.WriteLine($"{"",-36}{"calls/s",10}{"p50 µs",10}{"p99 µs",10}{"CPU µs",10}{"bytes/call",12}");
if (args.Length == 3)
{
    Func<Task> call = args[1] == "grain" ? server.CallGrainAsync : () => client.CallAsync(args[1]);
    await Figures.WarmUpAsync(call);
    (await Figures.MeasureAsync(int.Parse(args[2]), seconds * second, call)).Print(args[1]);
    return;
}
await Figures.WarmUpAsync(server.CallRuntimeAsync, server.CallGrainAsync);
var runtime = (await Figures.MeasureAsync(1, seconds * second, server.CallRuntimeAsync)).Print("runtime, 1 caller");
var grain = (await Figures.MeasureAsync(1, seconds * second, server.CallGrainAsync)).Print("grain, 1 caller");
foreach (var callers in (int[])[2, 16])
    (await Figures.MeasureAsync(callers, seconds * second, server.CallGrainAsync)).Print($"grain, {callers} callers");
Console.WriteLine($"  grain over runtime: {grain.P50 / runtime.P50:F2} at the median");
await Figures.WarmUpAsync(Plain, Echo);
foreach (var callers in (int[])[1, 2, 8])
{
    var (plain, echo) = (new List<Figures>(), new List<Figures>());
    for (var i = 0; i < seconds; i++)
    {
        plain.Add(await Figures.MeasureAsync(callers, second, Plain));
        echo.Add(await Figures.MeasureAsync(callers, second, Echo));
    }
    var (p, e) = (Figures.Sum(plain).Print($"HTTP, plain tool, {callers} callers"), Figures.Sum(echo).Print($"HTTP, plugin, {callers} callers"));
    Console.WriteLine($"  the sandbox costs {p.PerSecond / e.PerSecond:F2} in calls/s, {e.P50 / p.P50:F2} at the median, {e.CpuPerCall / p.CpuPerCall:F2} in CPU time");
}
Console.WriteLine(await server.VerifyAsync());
