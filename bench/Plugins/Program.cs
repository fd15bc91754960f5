using ClawGrains.Client.Bench;

// Calls of the AssemblyScript sample's echo, audited:  dotnet run -c Release --project bench/Plugins [-- SECONDS]
var seconds = args.Length > 0 ? int.Parse(args[0]) : 4;
await using var server = await BenchServer.StartAsync();
Console.WriteLine($"{"",-44}{"calls/s",10}{"p50 µs",10}{"p99 µs",10}{"bytes/call",12}");
await Figures.MeasureAsync("warm up", 4, TimeSpan.FromSeconds(2), () => server.CallGrainAsync(), quiet: true);
var runtime = await Figures.MeasureAsync("runtime, 1 caller", 1, TimeSpan.FromSeconds(seconds), server.CallRuntimeAsync);
var grain = await Figures.MeasureAsync("grain, 1 caller", 1, TimeSpan.FromSeconds(seconds), server.CallGrainAsync);
await Figures.MeasureAsync("grain, 2 callers", 2, TimeSpan.FromSeconds(seconds), server.CallGrainAsync);
await Figures.MeasureAsync("grain, 16 callers", 16, TimeSpan.FromSeconds(seconds), server.CallGrainAsync);
await using var client = await BenchClient.ConnectAsync(server.Url);
await Figures.MeasureAsync("warm up", 4, TimeSpan.FromSeconds(2), () => client.CallAsync("plain"), quiet: true);
await Figures.MeasureAsync("warm up", 4, TimeSpan.FromSeconds(2), () => client.CallAsync("echo"), quiet: true);
var ratios = new List<double>();
foreach (var callers in (int[])[1, 8, 1, 8])
{
    var plain = await Figures.MeasureAsync($"HTTP, plain tool, {callers} callers", callers, TimeSpan.FromSeconds(seconds), () => client.CallAsync("plain"));
    var echo = await Figures.MeasureAsync($"HTTP, plugin, {callers} callers", callers, TimeSpan.FromSeconds(seconds), () => client.CallAsync("echo"));
    ratios.Add(plain.PerSecond / echo.PerSecond);
    Console.WriteLine($"  the sandbox costs {plain.PerSecond / echo.PerSecond:F2} of the plain tool in calls/s, {echo.P50 / plain.P50:F2} at the median");
}
Console.WriteLine($"grain over runtime at the median: {grain.P50 / runtime.P50:F2}; HTTP ratios: {string.Join(", ", ratios.Select(r => r.ToString("F2")))}");
Console.WriteLine(await server.VerifyAsync());
