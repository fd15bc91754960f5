using System.Diagnostics;
using System.Text.Json;
using ClawGrains.Grains.Bench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Measures the grain runtime:  dotnet run -c Release --project bench/Grains [-- --json]
var started = Stopwatch.GetTimestamp();
var builder = Host.CreateEmptyApplicationBuilder(new());
builder.UseOrleans(silo => silo.UseLocalhostClustering().AddMemoryGrainStorage("PubSubStore").AddMemoryStreams("streams"));
using var host = builder.Build();
await host.StartAsync();
var ready = Stopwatch.GetElapsedTime(started);
var grains = host.Services.GetRequiredService<IClusterClient>();
var grain = grains.GetGrain<IBenchGrain>("one");
await grain.Empty();
var first = Stopwatch.GetElapsedTime(started);

var worker = grains.GetGrain<IBenchWorker>("one");
var message = new Message("name", 7, ["a", "b"]);
var fixedMessage = new FixedMessage("name", 7);
var stream = grains.GetStreamProvider("streams").GetStream<int>(StreamId.Create("bench", "one"));
var next = 0;
var rows = new List<Row>
{
    await Row.MeasureAsync("empty call", 200_000, () => grain.Empty()),
    await Row.MeasureAsync("message, copied", 100_000, () => grain.Echo(message)),
    await Row.MeasureAsync("message, immutable", 100_000, () => grain.EchoFixed(fixedMessage)),
    await Row.MeasureAsync("stateless worker", 100_000, () => worker.Empty()),
    await Row.MeasureAsync("stream, published and received", 20_000, async () =>
    {
        await stream.OnNextAsync(1);
        await BenchSubscriber.Received.WaitAsync();
    }),
    await Row.MeasureAsync("activation, cold", 20_000, () => grains.GetGrain<IBenchGrain>($"cold{next++}").Empty()),
};
await host.StopAsync();

if (args.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(new { hostReadyMs = ready.TotalMilliseconds, firstCallMs = first.TotalMilliseconds, rows }));
    return;
}
Console.WriteLine($"host ready {ready.TotalMilliseconds:F0} ms, first call answered {first.TotalMilliseconds:F0} ms after the program began");
foreach (var row in rows)
    Console.WriteLine($"{row.Name,-32}{row.PerSecond,12:N0}/s  p50 {row.P50Microseconds,7:F2} µs  p99 {row.P99Microseconds,8:F2} µs  {row.BytesPerCall,6:N0} B");
