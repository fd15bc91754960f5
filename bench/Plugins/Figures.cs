using System.Diagnostics;

namespace ClawGrains.Client.Bench;

/// <summary>What one round measured.</summary>
internal sealed record Figures(double PerSecond, double P50, double P99, long Bytes)
{
    public static async Task<Figures> MeasureAsync(string name, int callers, TimeSpan time, Func<Task> call, bool quiet = false)
    {
        var (bytes, start) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(call, start, time))));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToArray();
        var figures = new Figures(all.Length / elapsed, all[all.Length / 2], all[all.Length * 99 / 100], (GC.GetTotalAllocatedBytes() - bytes) / all.Length);
        if (!quiet) Console.WriteLine($"{name,-44}{figures.PerSecond,10:N0}{figures.P50,10:F1}{figures.P99,10:F1}{figures.Bytes,12:N0}");
        return figures;
    }

    private static async Task<List<double>> CallAsync(Func<Task> call, long start, TimeSpan time)
    {
        var times = new List<double>(200_000);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var from = Stopwatch.GetTimestamp();
            await call();
            times.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds);
        }
        return times;
    }
}
