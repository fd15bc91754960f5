using ClawGrains.Sandbox.Load;

namespace ClawGrains.Sandbox.Bench;

/// <summary>500 plugins, eight callers, good and bad ones mixed.</summary>
internal static class LoadBench
{
    public static async Task RunAsync(string[] arguments)
    {
        var seconds = arguments.Length > 0 ? int.Parse(arguments[0]) : 60;
        await using var bench = new Workbench();
        var load = new MixedLoad(bench.Runtime, File.ReadAllBytes(Path.Combine(Workbench.Root, "tests/Guests/built/probe.wasm")));
        var result = await load.RunAsync(TimeSpan.FromSeconds(seconds));
        Console.WriteLine($"{MixedLoad.Plugins} plugins, {MixedLoad.Callers} callers, {seconds} s");
        Console.WriteLine($"good calls {result.Good.Length}: p50 {result.Percentile(0.5):F3} ms, p99 {result.Percentile(0.99):F2} ms, p99.9 {result.Percentile(0.999):F2} ms, most {result.Good[^1]:F1} ms");
        foreach (var (ending, count) in result.Endings.OrderBy(e => e.Key, StringComparer.Ordinal)) Console.WriteLine($"  {ending}: {count}");
        Console.WriteLine($"answers of others: {result.Leaks.Count}");
        Console.WriteLine($"memory after each tenth, MB: {string.Join(' ', result.MemoryMegabytes.Select(m => $"{m:F0}"))}");
        var check = await bench.Audit.VerifyAsync();
        Console.WriteLine($"audit: {check.Records} records, intact: {check.IsIntact}");
    }
}
