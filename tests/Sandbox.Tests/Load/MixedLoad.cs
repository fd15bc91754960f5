using System.Collections.Concurrent;
using System.Diagnostics;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Limits;
using ClawGrains.Sandbox.Manifest;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Load;

/// <summary>What a run of the load gave.</summary>
/// <param name="Good">Times of the good plugins' calls in milliseconds, in order.</param>
/// <param name="Endings">How the others ended, by code.</param>
/// <param name="Leaks">Answers that were not the caller's own; none is right.</param>
/// <param name="MemoryMegabytes">The process's memory after each tenth of the time.</param>
internal sealed record LoadResult(double[] Good, IReadOnlyDictionary<string, int> Endings, IReadOnlyList<string> Leaks, double[] MemoryMegabytes)
{
    public double Percentile(double share) => Good[(int)Math.Min(Good.Length - 1, Good.Length * share)];
}

/// <summary>
/// 500 plugins of several tenants, good ones, endless ones, ones that hoard memory and ones that trap, called by eight
/// callers at once: half of them call good plugins, the others one bad kind each and any.
/// </summary>
internal sealed class MixedLoad(PluginRuntime runtime, byte[] component)
{
    public const int Plugins = 500;
    public const int Callers = 8;

    private static readonly string[] Kinds = ["echo", "loop", "hoard", "trap"];
    private static readonly TenantId[] Tenants = [.. Enumerable.Range(0, 5).Select(i => TenantId.Parse($"tenant-{i}"))];

    private readonly RunnablePlugin[] _plugins = [.. Enumerable.Range(0, Plugins).Select(i => Plugin(i, component))];
    private readonly ConcurrentBag<double> _good = [];
    private readonly ConcurrentBag<string> _leaks = [];
    private readonly ConcurrentDictionary<string, int> _endings = new();

    public async Task<LoadResult> RunAsync(TimeSpan time)
    {
        // Compiling is no part of it.
        await runtime.ExecuteToolAsync(_plugins[0], Tenants[0], ("echo", "{}"));
        var start = Stopwatch.GetTimestamp();
        var memory = new ConcurrentQueue<double>();
        var callers = Enumerable.Range(0, Callers).Select(i => Task.Run(() => CallAsync(i, start, time))).ToArray();
        using var timer = new PeriodicTimer(time / 10);
        for (var i = 0; i < 10 && await timer.WaitForNextTickAsync(); i++) memory.Enqueue(ResidentMegabytes());
        await Task.WhenAll(callers);
        return new LoadResult([.. _good.Order()], _endings, [.. _leaks], [.. memory]);
    }

    private static double ResidentMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }

    // A call of an endless plugin is short here, so that many of them end within the run.
    private static RunnablePlugin Plugin(int number, byte[] component) => RunnablePlugin.Of(
        new PluginManifest
        {
            Id = new PluginId($"plugin-{number}"),
            Name = $"Plugin {number}",
            Version = new PluginVersion(1, 0, 0),
            Limits = PluginLimits.Default with { Fuel = 10_000_000_000, Time = TimeSpan.FromSeconds(2) },
        }, component, PluginPermissions.None);

    private async Task CallAsync(int caller, long start, TimeSpan time)
    {
        var random = new Random(caller);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var kind = caller < Callers / 2 ? 0 : caller < Callers - 1 ? caller - Callers / 2 + 1 : random.Next(Kinds.Length);
            var plugin = random.Next(Plugins / Kinds.Length) * Kinds.Length + kind;
            if (kind == 0) await CallGoodAsync(plugin, random);
            else await CallBadAsync(plugin, Kinds[kind]);
        }
    }

    private async Task CallGoodAsync(int plugin, Random random)
    {
        var json = $$"""{"own":"{{plugin}}-{{random.NextInt64()}}"}""";
        var from = Stopwatch.GetTimestamp();
        var outcome = await runtime.ExecuteToolAsync(_plugins[plugin], Tenants[plugin % Tenants.Length], ("echo", json));
        _good.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        if (outcome.Error is { } error) _endings.AddOrUpdate($"good: {error.Code}", 1, (_, n) => n + 1);
        else if (outcome.Result != json) _leaks.Add($"{plugin} asked {json} and got {outcome}");
        var count = await runtime.ExecuteToolAsync(_plugins[plugin], Tenants[plugin % Tenants.Length], ("count", "{}"));
        if (count.Result is not ("1" or null)) _leaks.Add($"{plugin} counts {count}");
    }

    private async Task CallBadAsync(int plugin, string kind)
    {
        var (tool, json) = kind == "hoard" ? ("grow", """{"pages":"260"}""") : (kind, "{}");
        var outcome = await runtime.ExecuteToolAsync(_plugins[plugin], Tenants[plugin % Tenants.Length], (tool, json));
        _endings.AddOrUpdate($"{kind}: {outcome.Error?.Code ?? "answered"}", 1, (_, n) => n + 1);
    }
}
