using System.Diagnostics;
using System.Text.Json;
using ClawGrains.Wasm.Bench.Contenders;

namespace ClawGrains.Wasm.Bench;

/// <summary>What it costs to get into a guest: calls, fresh instances, a first call from bytes.</summary>
internal sealed record Border(double HostToGuest, double GuestToHost, double Instance, double FirstCall);

/// <summary>Measures <see cref="Border"/> for our engine here and for V8 in node: ns, ns, µs, ms; medians.</summary>
internal static class BorderBench
{
    private const int Calls = 5_000_000, Instances = 5000, WarmUps = 3;

    public static Border Ours(EngineOptions options, int rounds) => new(
        HostToGuest(options, rounds), GuestToHost(options, rounds), FreshInstance(options, rounds), FirstCall(options, rounds));

    public static Border? V8(int rounds)
    {
        if (Toolchain.Node is not { } node) return null;
        var big = Path.Combine(Path.GetTempPath(), "clawgrains-bench-big.wasm");
        File.WriteAllBytes(big, BigModule.Write());
        string[] arguments = [Toolchain.Script("border.mjs"), Guest("calls"), Guest("small33"), big, $"{rounds}"];
        using var process = Process.Start(new ProcessStartInfo(node, arguments) { RedirectStandardOutput = true })!;
        var line = process.StandardOutput.ReadToEnd();
        return JsonSerializer.Deserialize<Border>(line, JsonSerializerOptions.Web);
    }

    public static string Guest(string name) => Path.Combine(AppContext.BaseDirectory, "guests", $"{name}.wasm");

    private static double HostToGuest(EngineOptions options, int rounds)
    {
        using var engine = new Engine(options);
        using var store = new Store(engine);
        var add = CallsGuest(store).GetFunction("add").ToDelegate<Func<int, int, int>>();
        return Median(rounds, () =>
        {
            store.Fuel = long.MaxValue;
            var sum = 0;
            for (var i = 0; i < Calls; i++) sum = add(sum, i);
        }) * 1e9 / Calls;
    }

    private static double GuestToHost(EngineOptions options, int rounds)
    {
        using var engine = new Engine(options);
        using var store = new Store(engine);
        var spin = CallsGuest(store).GetFunction("spin").ToDelegate<Func<int, int>>();
        return Median(rounds, () =>
        {
            store.Fuel = long.MaxValue;
            spin(Calls);
        }) * 1e9 / Calls;
    }

    private static Instance CallsGuest(Store store) => store.Instantiate(
        store.Engine.Compile(File.ReadAllBytes(Guest("calls"))),
        new Imports().Add("env", "host", Function.FromDelegate(store, (Func<int, int>)(x => x + 1))));

    private static double FreshInstance(EngineOptions options, int rounds)
    {
        using var engine = new Engine(options);
        var module = engine.Compile(File.ReadAllBytes(Guest("small33")));
        return Median(rounds, () =>
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
    private static double FirstCall(EngineOptions options, int rounds)
    {
        using var engine = new Engine(options with { CacheBytes = 0 });
        var (bytes, salt) = (BigModule.Write(), 0);
        return Median(rounds, () =>
        {
            bytes[^1] = (byte)(++salt & 0x7F);
            using var store = new Store(engine);
            store.Instantiate(engine.Compile(bytes)).GetFunction("entry").Call(Value.I32(7));
        }) * 1e3;
    }

    private static double Median(int rounds, Action run)
    {
        for (var i = 0; i < WarmUps; i++) run();
        return Statistics.Median(Enumerable.Range(0, rounds).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            run();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }).ToArray());
    }
}
