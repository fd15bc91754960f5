using System.Diagnostics;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;

namespace ClawGrains.Sandbox.Bench;

/// <summary>Calls of the echo tool of the AssemblyScript sample through the runtime, audited.</summary>
internal static class CallBench
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(string[] arguments)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0]) : 3;
        await using var bench = new Workbench();
        var plugin = Workbench.Plugin("samples/plugins/assemblyscript/plugin.wasm", PluginLimits.Default with { Concurrency = 64, QueueLength = 4096 });
        await MeasureAsync(bench, plugin, 1, TimeSpan.FromSeconds(1), quiet: true);
        Console.WriteLine($"{"callers",8} {"calls/s",10} {"p50 µs",9} {"p99 µs",9} {"CPU µs/call",12} {"bytes/call",11}");
        for (var i = 0; i < rounds; i++)
            foreach (var callers in (int[])[1, 2, 8, 32])
                await MeasureAsync(bench, plugin, callers, Round, quiet: false);
        var check = await bench.Audit.VerifyAsync();
        Console.WriteLine($"audit: {check.Records} records, intact: {check.IsIntact}");
    }

    private static async Task MeasureAsync(Workbench bench, RunnablePlugin plugin, int callers, TimeSpan time, bool quiet)
    {
        var process = Process.GetCurrentProcess();
        var (cpu, bytes, start) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(bench.Runtime, plugin, start, time))));
        var elapsed = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        if (quiet) return;
        var all = times.SelectMany(t => t).Order().ToArray();
        Console.WriteLine($"{callers,8} {all.Length / elapsed.TotalSeconds,10:F0} {all[all.Length / 2],9:F1} {all[all.Length * 99 / 100],9:F1} " +
            $"{(process.TotalProcessorTime - cpu).TotalMicroseconds / all.Length,12:F1} {(GC.GetTotalAllocatedBytes() - bytes) / all.Length,11}");
    }

    private static async Task<List<double>> CallAsync(PluginRuntime runtime, RunnablePlugin plugin, long start, TimeSpan time)
    {
        var times = new List<double>(200_000);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var from = Stopwatch.GetTimestamp();
            var outcome = await runtime.ExecuteToolAsync(plugin, TenantId.Default, ("echo", "{\"a\":1}"));
            times.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds);
            if (outcome.Result is null) throw new InvalidOperationException($"the echo failed: {outcome}");
        }
        return times;
    }
}
