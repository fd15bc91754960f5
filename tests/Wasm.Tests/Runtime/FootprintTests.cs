using System.Diagnostics;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

/// <summary>Small versions of what bench/Wasm measures as `live` and `churn`.</summary>
public class FootprintTests
{
    private const long Mebibyte = 1 << 20;

    [Fact]
    public void LiveInstances_OfOnePage_TakeLittle()
    {
        const int count = 1000;
        using var engine = new Engine();
        var module = engine.Compile(Writer().ToArray());
        Cycle(engine, module);
        var before = Resident();
        var stores = Enumerable.Range(0, count).Select(_ => Run(engine, module)).ToArray();
        // The promise is 1.5 GB for 10,000; other tests run at the same time.
        (Resident() - before).ShouldBeLessThan(400 * Mebibyte);
        foreach (var store in stores) store.Dispose();
    }

    [Fact]
    public void Cycles_OfCreateCallDispose_LeaveNothingBehind()
    {
        using var engine = new Engine();
        var module = engine.Compile(Writer().ToArray());
        for (var i = 0; i < 2000; i++) Cycle(engine, module);
        var before = Resident();
        for (var i = 0; i < 20_000; i++) Cycle(engine, module);
        // A page kept by each would be 1.3 GB.
        (Resident() - before).ShouldBeLessThan(400 * Mebibyte);
    }

    [Fact]
    public void Cycle_OnceWarm_MakesLittleGarbage()
    {
        using var engine = new Engine();
        var module = engine.Compile(Writer().ToArray());
        for (var i = 0; i < 100; i++) Cycle(engine, module);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Cycle(engine, module);
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 100).ShouldBeLessThan(8192);
    }

    private static void Cycle(Engine engine, Module module) => Run(engine, module).Dispose();

    private static Store Run(Engine engine, Module module)
    {
        var store = new Store(engine);
        store.Instantiate(module).GetFunction("f").Call(Value.I32(5));
        return store;
    }

    private static ModuleBuilder Writer()
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("i:", "", Code.I32(4096), Code.Get(0), Code.Memory(0x36, 0)));
        return module;
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
