using ClawGrains.Contracts;
using ClawGrains.Sandbox.Audit;

namespace ClawGrains.Sandbox.Bench;

/// <summary>Records of calls that nobody awaits, in batches of a size: the CPU time of each, waiting for the disk left out.</summary>
internal static class AuditBench
{
    private const int Records = 200_000;

    public static async Task RunAsync()
    {
        Console.WriteLine($"{"batch",8} {"CPU µs/record",14}");
        foreach (var batch in (int[])[20, 100, 400, 2_000, 20, 100, 400, 2_000]) await MeasureAsync(batch);
    }

    private static async Task MeasureAsync(int batch)
    {
        await using var bench = new Workbench();
        var cpu = System.Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Records; i++)
        {
            var entry = new AuditEntry { Time = TimeProvider.System.GetUtcNow(), Tenant = TenantId.Default, Plugin = "text-tools", Version = "1.0.0", Function = "execute-tool", Arguments = "echo", Allowed = true, CallId = $"{i:x32}", Duration = TimeSpan.FromTicks(i) };
            // A query is done between batches, so it ends one.
            if (i % batch == batch - 1) await bench.Audit.QueryAsync(new AuditFilter { After = i, Limit = 1 });
            await bench.Audit.EnqueueAsync(entry);
        }
        await bench.Audit.QueryAsync(new AuditFilter { After = Records });
        Console.WriteLine($"{batch,8} {(System.Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Records,14:F2}");
    }
}
