using System.Runtime.CompilerServices;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class CleanlinessTests
{
    private const int Page = 65536;

    [Theory, InlineData(1), InlineData(100_000)]
    public void DisposedMemory_ComesBackZeroed(int stores)
    {
        // Few stores are marked page by page; many go over to the body that doesn't mark.
        using var engine = new Engine();
        var module = engine.Compile(Writer().ToArray());
        for (var round = 0; round < 3; round++)
        {
            using var store = new Store(engine);
            var instance = store.Instantiate(module);
            instance.GetMemory("memory").Read(0, 40 * Page).IndexOfAnyExcept((byte)0).ShouldBe(-1);
            instance.GetFunction("f").ToDelegate<Action<int, int>>()(4093, stores);
        }
    }

    [Theory, InlineData(1), InlineData(100_000)]
    public void Reset_ReturnsToTheSnapshot(int stores)
    {
        var module = Writer().Data(5000, 1, 2, 3).Global('i', true, Code.I32(11));
        module.Export("global", 0, 3);
        using var guest = new Guest(module);
        var memory = guest.Instance.GetMemory("memory");
        memory.Write(100_000, 2).Fill(9);
        guest.Store.Snapshot();
        var before = memory.Read(0, 40 * Page).ToArray();
        for (var round = 0; round < 3; round++)
        {
            guest.Get<Action<int, int>>()(4093, stores);
            guest.Instance.GetGlobal("global").Value = Value.I32(round);
            memory.Grow(3);
            memory.Write(42 * Page, 4).Fill(7);
            memory.Read(0, 40 * Page).SequenceEqual(before).ShouldBeFalse();
            guest.Store.Reset();
            memory.Pages.ShouldBe(40u);
            memory.Read(0, 40 * Page).SequenceEqual(before).ShouldBeTrue();
            guest.Instance.GetGlobal("global").Value.AsI32().ShouldBe(11);
        }
    }

    [Fact]
    public void Reset_AfterGrowth_LeavesNothingOnTheNewPages()
    {
        using var guest = new Guest(Writer());
        var memory = guest.Instance.GetMemory("memory");
        guest.Store.Snapshot();
        memory.Grow(1);
        memory.Write(40 * Page, Page).Fill(7);
        guest.Store.Reset();
        memory.Grow(1);
        memory.Read(40 * Page, Page).IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void DisposedMemory_ThatWasReset_LeavesNothingOfItsImage(bool moved)
    {
        using var engine = new Engine();
        var (secretive, plain) = (engine.Compile(Writer().Data(5000, 1, 2, 3).ToArray()), engine.Compile(Writer().ToArray()));
        using (var store = new Store(engine))
        {
            var memory = store.Instantiate(secretive).GetMemory("memory");
            memory.Write(100_000, 2).Fill(9);
            store.Snapshot();
            store.Reset();
            if (moved) memory.Grow(1000).ShouldBe(40);
        }
        using var next = new Store(engine);
        next.Instantiate(plain).GetMemory("memory").Read(0, 40 * Page).IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }

    [Fact]
    public void Reset_AfterASecondSnapshot_KeepsWhatTheFirstHad()
    {
        using var guest = new Guest(Writer().Data(5000, 1, 2, 3));
        var memory = guest.Instance.GetMemory("memory");
        guest.Store.Snapshot();
        memory.Write(100_000, 2).Fill(9);
        guest.Store.Snapshot();
        memory.Write(5000, 3).Clear();
        memory.Write(100_000, 2).Clear();
        guest.Store.Reset();
        memory.Read(5000, 3).ToArray().ShouldBe([1, 2, 3]);
        memory.Read(100_000, 2).ToArray().ShouldBe([9, 9]);
    }

    [Fact]
    public void Disposed_Store_RefusesCalls()
    {
        var guest = new Guest(Writer());
        var f = guest.Get<Action<int, int>>();
        guest.Dispose();
        Should.Throw<ObjectDisposedException>(() => f(1, 1));
    }

    [Fact]
    public void CompiledCode_OfADroppedModule_IsFreed()
    {
        using var engine = new Engine(new EngineOptions { CacheBytes = 0 });
        var references = Enumerable.Range(0, 20).Select(i => RunAndDrop(engine, i)).ToArray();
        for (var i = 0; i < 10 && references.Any(reference => reference.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        references.Count(reference => reference.IsAlive).ShouldBeLessThan(3);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunAndDrop(Engine engine, int offset)
    {
        using var store = new Store(engine);
        var module = engine.Compile(Writer().Data(offset, 1).ToArray());
        store.Instantiate(module).GetFunction("f").Call(Value.I32(3), Value.I32(1000));
        return new WeakReference(module);
    }

    // f(stride, n): writes a byte at every stride-th address, n times, within 40 pages; some writes cross pages of 4 KiB.
    private static ModuleBuilder Writer()
    {
        var module = new ModuleBuilder().Memory(40);
        module.Export("f", module.Function("ii:", "i",
            Code.Op(0x03, 0x40),
            Code.Get(2), Code.I64(-1), Code.Memory(0x37, 0),
            Code.Get(2), Code.Get(0), Code.Op(0x6A), Code.I32((40 * Page) - 64), Code.Op(0x70), Code.Set(2),
            Code.Get(1), Code.I32(1), Code.Op(0x6B, 0x22, 1, 0x0D, 0, 0x0B)));
        return module;
    }
}
