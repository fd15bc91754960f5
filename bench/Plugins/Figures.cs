using System.Diagnostics;
using System.Runtime;

namespace ClawGrains.Client.Bench;

/// <summary>What was measured: each call's time in µs, and of the whole process seconds, CPU time and bytes.</summary>
internal sealed record Figures(double[] Times, double Seconds, double Cpu, long Allocated)
{
    public double PerSecond => Times.Length / Seconds;

    public double P50 => Times[Times.Length / 2];

    public double P99 => Times[Times.Length * 99 / 100];

    public double CpuPerCall => Cpu / Times.Length;

    public static async Task<Figures> MeasureAsync(int callers, TimeSpan time, Func<Task> call)
    {
        var (bytes, cpu, start) = (GC.GetTotalAllocatedBytes(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var times = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(call, start, time))));
        var (seconds, used) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        return new Figures([.. times.SelectMany(t => t).Order()], seconds, used.TotalMicroseconds, GC.GetTotalAllocatedBytes() - bytes);
    }

    /// <summary>Calls until nothing is compiled any more, for a minute at most.</summary>
    public static async Task WarmUpAsync(params Func<Task>[] calls)
    {
        for (var round = 0; round < 30; round++)
        {
            var before = JitInfo.GetCompiledMethodCount();
            foreach (var call in calls) await MeasureAsync(8, TimeSpan.FromSeconds(2.0 / calls.Length), call);
            if (round > 1 && JitInfo.GetCompiledMethodCount() - before < 10) return;
        }
    }

    public static Figures Sum(IReadOnlyCollection<Figures> parts) => new(
        [.. parts.SelectMany(p => p.Times).Order()], parts.Sum(p => p.Seconds), parts.Sum(p => p.Cpu), parts.Sum(p => p.Allocated));

    public Figures Print(string name)
    {
        Console.WriteLine($"{name,-40}{PerSecond,10:N0}{P50,10:F1}{P99,10:F1}{CpuPerCall,10:F1}{Allocated / Times.Length,12:N0}");
        return this;
    }

    /// <summary>What these calls cost as multiples of others.</summary>
    public string Against(Figures other) =>
        $"{other.PerSecond / PerSecond:F2} in calls/s, {P50 / other.P50:F2} at the median, {CpuPerCall / other.CpuPerCall:F2} in CPU time";

    private static async Task<List<double>> CallAsync(Func<Task> call, long start, TimeSpan time)
    {
        var times = new List<double>(100_000);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var from = Stopwatch.GetTimestamp();
            await call();
            times.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds);
        }
        return times;
    }
}
