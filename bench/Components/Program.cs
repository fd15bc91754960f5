using System.Diagnostics;
using ClawGrains.Components;
using ClawGrains.Wasm;

// dotnet run -c Release --project bench/Components: nanoseconds per operation, the best of several rounds.
const int Rounds = 9;
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
Console.WriteLine($"{"load plugin, cold",-44} {watch.Elapsed.TotalMilliseconds,10:F2} ms ({plugin.Length} bytes)");
using var instance = linker.Instantiate(Component.Load(engine, calls));

var add = instance.GetFunction("add").ToDelegate<Func<uint, uint, uint>>();
var echo = instance.GetFunction("echo").ToDelegate<Func<string, string>>();
var text = new string('x', 16);
Measure("add(u32, u32)", 2_000_000, () => add(3, 4));
Measure("echo(string of 16)", 500_000, () => echo(text));
var general = instance.GetFunction("add");
Measure("add(u32, u32) through values", 500_000, () => general.Call(ComponentValue.U32(3), ComponentValue.U32(4)));
var json = "{\"text\":\"" + new string('w', 88) + "\"}";
Measure("plugin: instance, execute-tool, dispose", 2_000, () =>
{
    using var fresh = linker.Instantiate(component);
    return fresh.GetFunction("plugin#execute-tool").Call(ComponentValue.String("word-count"), ComponentValue.String(json));
});
Measure("load plugin, warm", 500, () => Component.Load(engine, plugin));

static void Measure<T>(string name, int count, Func<T> operation)
{
    var best = double.MaxValue;
    for (var round = 0; round < Rounds; round++)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) operation();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / count);
    }
    Console.WriteLine($"{name,-44} {best,10:F1} ns");
}
