using System.Diagnostics;

namespace ClawGrains.Wasm.Bench;

/// <summary>Resident bytes before and after, in MB (1,048,576 bytes).</summary>
internal sealed record MemoryUse(int Count, double BeforeMB, double AfterMB, double Seconds);

/// <summary>What many instances hold while they live, and whether they leave anything behind.</summary>
internal static class MemoryBench
{
    /// <summary>10,000 live instances of a one-page module, each called once, in a store of its own.</summary>
    public static MemoryUse Live(int count)
    {
        using var engine = new Engine();
        var module = engine.Compile(File.ReadAllBytes(BorderBench.Guest("small1")));
        BorderBench.Cycle(engine, module, 1);
        var (before, start) = (ResidentMB(), Stopwatch.GetTimestamp());
        var stores = new List<Store>(count);
        for (var i = 0; i < count; i++)
        {
            var store = new Store(engine);
            store.Instantiate(module).GetFunction("touch").Call(Value.I32(i));
            stores.Add(store);
        }
        var use = new MemoryUse(count, before, ResidentMB(), Stopwatch.GetElapsedTime(start).TotalSeconds);
        foreach (var store in stores) store.Dispose();
        return use;
    }

    /// <summary>Cycles of create, call and dispose; "before" is after the first tenth, when all is warm.</summary>
    public static MemoryUse Churn(int count)
    {
        using var engine = new Engine();
        var module = engine.Compile(File.ReadAllBytes(BorderBench.Guest("small33")));
        for (var i = 0; i < count / 10; i++) BorderBench.Cycle(engine, module, i);
        var (before, start) = (ResidentMB(), Stopwatch.GetTimestamp());
        for (var i = 0; i < count; i++) BorderBench.Cycle(engine, module, i);
        return new MemoryUse(count, before, ResidentMB(), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static double ResidentMB()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1048576.0;
    }
}
