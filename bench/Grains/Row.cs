using System.Diagnostics;

namespace ClawGrains.Grains.Bench;

/// <summary>One operation done again and again by one caller that awaits each.</summary>
internal sealed record Row(string Name, double PerSecond, double P50Microseconds, double P99Microseconds, double BytesPerCall)
{
    internal static async Task<Row> MeasureAsync(string name, int count, Func<Task> operation)
    {
        for (var i = 0; i < Math.Min(count / 4, 20_000); i++)
            await operation();
        var times = new long[count];
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await operation();
            times[i] = Stopwatch.GetTimestamp() - start;
        }
        var elapsed = Stopwatch.GetElapsedTime(begun);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Array.Sort(times);
        return new(name, count / elapsed.TotalSeconds, Microseconds(times[count / 2]), Microseconds(times[count * 99 / 100]), (double)allocated / count);
    }

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
