using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClawGrains.Wasm.Bench.Contenders;

namespace ClawGrains.Wasm.Bench;

/// <summary>What it costs to get into a guest: calls, fresh instances, a first call from bytes.</summary>
internal sealed record Border(double HostToGuest, double GuestToHost, double Instance, double FirstCall);

/// <summary>Measures <see cref="Border"/> for our engine here and for V8 in node: ns, ns and µs of CPU time, ms on the wall.</summary>
internal static class BorderBench
{
    private const int Calls = 3_000_000, Instances = 2000, WarmUps = 3, RunsPerRound = 3;

    /// <summary>All contenders by turns, one entry per round. V8 is missing without node.</summary>
    public static Dictionary<string, List<Border>> Run(int rounds)
    {
        var all = new Dictionary<string, List<Border>>
        {
            [KernelBench.V8] = [], [KernelBench.Ours] = [], [KernelBench.Metered] = [],
        };
        for (var i = 0; i < rounds; i++)
        {
            if (Toolchain.Node is { } node) all[KernelBench.V8].Add(V8(node));
            all[KernelBench.Ours].Add(Ours(new EngineOptions()));
            all[KernelBench.Metered].Add(Ours(new EngineOptions { Metering = true }));
        }
        return all.Where(a => a.Value.Count > 0).ToDictionary(a => a.Key, a => a.Value);
    }

    /// <summary>The best of each figure; a busy machine disturbs it least.</summary>
    public static Border Best(IReadOnlyCollection<Border> runs) => new(
        runs.Min(r => r.HostToGuest), runs.Min(r => r.GuestToHost), runs.Min(r => r.Instance), runs.Min(r => r.FirstCall));

    public static Border Median(IReadOnlyCollection<Border> runs) => new(
        Statistics.Median(runs.Select(r => r.HostToGuest)), Statistics.Median(runs.Select(r => r.GuestToHost)),
        Statistics.Median(runs.Select(r => r.Instance)), Statistics.Median(runs.Select(r => r.FirstCall)));

    private static Border Ours(EngineOptions options) =>
        new(HostToGuest(options), GuestToHost(options), FreshInstance(options), FirstCall(options));

    private static Border V8(string node)
    {
        var big = Path.Combine(Path.GetTempPath(), "clawgrains-bench-big.wasm");
        File.WriteAllBytes(big, BigModule.Write());
        string[] arguments = [Toolchain.Script("border.mjs"), Guest("calls"), Guest("small33"), big, $"{RunsPerRound}"];
        using var process = Process.Start(new ProcessStartInfo(node, arguments) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadToEnd();
        return JsonSerializer.Deserialize<Border>(line, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException("border.mjs printed nothing.");
    }

    public static string Guest(string name) => Path.Combine(AppContext.BaseDirectory, "guests", $"{name}.wasm");

    private static double HostToGuest(EngineOptions options)
    {
        using var engine = new Engine(options);
        using var store = new Store(engine);
        var add = CallsGuest(store).GetFunction("add").ToDelegate<Func<int, int, int>>();
        return Median(Cpu, () =>
        {
            store.Fuel = long.MaxValue;
            Sum(add);
        }) * 1e9 / Calls;
    }

    // A loop of nothing but calls, compiled for good from the start: what is captured or still warming up isn't the border.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Sum(Func<int, int, int> add)
    {
        var sum = 0;
        for (var i = 0; i < Calls; i++) sum = add(sum, i);
        return sum;
    }

    private static double GuestToHost(EngineOptions options)
    {
        using var engine = new Engine(options);
        using var store = new Store(engine);
        var spin = CallsGuest(store).GetFunction("spin").ToDelegate<Func<int, int>>();
        return Median(Cpu, () =>
        {
            store.Fuel = long.MaxValue;
            spin(Calls);
        }) * 1e9 / Calls;
    }

    private static Instance CallsGuest(Store store) => store.Instantiate(
        store.Engine.Compile(File.ReadAllBytes(Guest("calls"))),
        new Imports().Add("env", "host", Function.FromDelegate(store, (Func<int, int>)(x => x + 1))));

    private static double FreshInstance(EngineOptions options)
    {
        using var engine = new Engine(options);
        var module = engine.Compile(File.ReadAllBytes(Guest("small33")));
        return Median(Cpu, () =>
        {
            for (var i = 0; i < Instances; i++) Cycle(engine, module, i);
        }) * 1e6 / Instances;
    }

    /// <summary>A fresh store and instance, one call, disposal.</summary>
    public static int Cycle(Engine engine, Module module, int argument)
    {
        using var store = new Store(engine);
        var touch = store.Instantiate(module).GetFunction("touch");
        Span<Value> results = [default];
        touch.Call([Value.I32(argument)], results);
        return results[0].AsI32();
    }

    /// <summary>From bytes never seen before to the return of the first call.</summary>
    private static double FirstCall(EngineOptions options)
    {
        using var engine = new Engine(options with { CacheBytes = 0 });
        var (bytes, salt) = (BigModule.Write(), 0);
        return Median(Wall, () =>
        {
            bytes[^1] = (byte)(++salt & 0x7F);
            using var store = new Store(engine);
            store.Instantiate(engine.Compile(bytes)).GetFunction("entry").Call(Value.I32(7));
        }) * 1e3;
    }

    // Of this process, so that others on the machine don't count.
    private static TimeSpan Cpu() => Environment.CpuUsage.TotalTime;

    private static TimeSpan Wall() => Stopwatch.GetElapsedTime(0);

    private static double Median(Func<TimeSpan> clock, Action run)
    {
        for (var i = 0; i < WarmUps; i++) run();
        return Statistics.Median(Enumerable.Range(0, RunsPerRound).Select(_ =>
        {
            var start = clock();
            run();
            return (clock() - start).TotalSeconds;
        }).ToArray());
    }
}
