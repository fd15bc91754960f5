using System.Diagnostics;
using ClawGrains.Components;
using ClawGrains.Wasm;

// dotnet run -c Release --project bench/Components: the best of several rounds, beside the target where there is one.
const int Rounds = 15;
var root = AppContext.BaseDirectory;
while (!File.Exists(Path.Combine(root, "ClawGrains.sln"))) root = Path.GetDirectoryName(root) ?? throw new DirectoryNotFoundException("no ClawGrains.sln above");
var calls = File.ReadAllBytes(Path.Combine(root, "tests/Components.Tests/Data/calls.wasm"));
var plugin = File.ReadAllBytes(Path.Combine(root, "samples/plugins/assemblyscript/plugin.wasm"));
using var engine = new Engine();

var linker = new ComponentLinker();
linker.Instance("host").Func("add", (uint a, uint b) => a + b);
linker.Instance("host").Func("greet", (string name) => name);
linker.Instance("host").Func("log", (byte _, string _) => { });
var watch = Stopwatch.StartNew();
var component = Component.Load(engine, plugin);
Console.WriteLine($"{"the process's first load, JIT and all",-44} {watch.Elapsed.TotalMilliseconds,10:F2} ms");
Console.WriteLine($"{"what",-44} {"best",13}   {"target",13}   ratio");
using var instance = linker.Instantiate(Component.Load(engine, calls));

var add = instance.GetFunction("add").ToDelegate<Func<uint, uint, uint>>();
var echo = instance.GetFunction("echo").ToDelegate<Func<string, string>>();
var text = new string('x', 16);
Measure("add(u32, u32)", 2_000_000, () => add(3, 4), 60);
Measure("echo(string of 16)", 500_000, () => echo(text), 200);
var general = instance.GetFunction("add");
Measure("add(u32, u32) through values", 300_000, () => general.Call(ComponentValue.U32(3), ComponentValue.U32(4)));
var host = instance.GetFunction("call-host").ToDelegate<Func<uint, uint, uint>>();
Measure("add(u32, u32) by the host, through the guest", 300_000, () => host(3, 4));
var greet = instance.GetFunction("call-greet").ToDelegate<Func<string, string>>();
Measure("echo(string of 16) by the host", 300_000, () => greet(text));
Types();
var json = "{\"text\":\"" + new string('w', 89) + "\"}";
Measure("plugin: instance, execute-tool, dispose", 3_000, () =>
{
    using var fresh = linker.Instantiate(component);
    return fresh.GetFunction("plugin#execute-tool").Call(ComponentValue.String("word-count"), ComponentValue.String(json));
}, 15_000);
using (var kept = linker.Instantiate(component))
{
    var execute = kept.GetFunction("plugin#execute-tool");
    var typed = execute.ToDelegate<Func<string, string, Result<string, string>>>();
    Measure("plugin: execute-tool, typed", 20_000, () => typed("word-count", json));
    Measure("plugin: execute-tool, through values", 20_000, () => execute.Call(ComponentValue.String("word-count"), ComponentValue.String(json)));
}
Measure($"load plugin of {plugin.Length:N0} bytes, new engine", 50, () => Load(plugin), 3e6);
var (small, big) = (BigComponent.Make(9 << 10), BigComponent.Make(1 << 20));
Measure($"load {small.Length:N0} bytes, new engine", 50, () => Load(small), 3e6);
Measure($"load {big.Length:N0} bytes, new engine", 3, () => Load(big), 60e6);

// Calls of compiled delegates, into the guest and from there on to the host.
void Types()
{
    var types = new ComponentLinker();
    types.Instance("host").Func("record", (Point p) => p).Func("list", (uint[] v) => v).Func("option", (string? v) => v);
    using var echoes = types.Instantiate(Component.Load(engine, File.ReadAllBytes(Path.Combine(root, "tests/Components.Tests/Data/types.wasm"))));
    var hundred = Enumerable.Range(0, 100).Select(i => (uint)i).ToArray();
    foreach (var (by, name) in new[] { ("", ""), ("host-", " by the host") })
    {
        var record = echoes.GetFunction(by + "record").ToDelegate<Func<Point, Point>>();
        var list = echoes.GetFunction(by + "list").ToDelegate<Func<uint[], uint[]>>();
        var option = echoes.GetFunction(by + "option").ToDelegate<Func<string?, string?>>();
        Measure($"echo(record of 3 fields){name}", 100_000, () => record(new(1, 2, 3)));
        Measure($"echo(list<u32> of 100){name}", 100_000, () => list(hundred));
        Measure($"echo(option<string of 16>){name}", 100_000, () => option(text));
    }
}

// The cache of compiled modules belongs to the engine, so a new one has nothing to reuse.
static Component Load(byte[] bytes)
{
    using var fresh = new Engine();
    return Component.Load(fresh, bytes);
}

static void Measure<T>(string name, int count, Func<T> operation, double? target = null)
{
    var best = double.MaxValue;
    for (var round = 0; round < Rounds; round++)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) operation();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / count);
    }
    Console.WriteLine(target is { } t
        ? $"{name,-44} {best,10:N0} ns   {t,10:N0} ns   {best / t:F2} {(best <= t ? "kept" : "MISSED")}"
        : $"{name,-44} {best,10:N0} ns");
}

internal readonly record struct Point(int X, int Y, double Z);
