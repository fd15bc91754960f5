using System.Runtime;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class CompilationTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void FirstCall_OfAFunction_CompilesUnlessAllWasCompiledEagerly(bool eager)
    {
        using var guest = new Guest(Two(), new EngineOptions { EagerCompilation = eager });
        var (f, g) = (guest.Get<Func<int, int>>(), guest.Get<Func<int, int>>("g"));
        f(1).ShouldBe(2);
        var before = JitInfo.GetCompiledMethodCount(currentThread: true);
        g(1).ShouldBe(3);
        var compiled = JitInfo.GetCompiledMethodCount(currentThread: true) - before;
        if (eager) compiled.ShouldBe(0);
        else compiled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Fuel_OfACall_IsTheSameLazyOrEagerFirstOrLater()
    {
        long[] used = [.. new[] { false, true }.SelectMany(eager =>
        {
            using var guest = new Guest(Two(), new EngineOptions { EagerCompilation = eager, Metering = true });
            return Enumerable.Range(0, 3).Select(_ => Used(guest)).ToArray();
        })];
        used.ShouldAllBe(u => u == used[0]);
        used[0].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Fuel_OfAHotLoop_IsThatOfAColdOne()
    {
        using var guest = new Guest(Loop(), new EngineOptions { Metering = true });
        var f = guest.Get<Action<int>>();
        var perTurn = Used(guest.Store, () => f(20)) - Used(guest.Store, () => f(19));
        var base20 = Used(guest.Store, () => f(20));
        Used(guest.Store, () => f(10_000)).ShouldBe(base20 + (9_980 * perTurn));
        Used(guest.Store, () => f(20)).ShouldBe(base20);
    }

    [Fact]
    public void StoreThatMayNotCompile_RunsOnlyWhatIsCompiled()
    {
        using var guest = new Guest(Two());
        var (f, g) = (guest.Get<Func<int, int>>(), guest.Get<Func<int, int>>("g"));
        f(1).ShouldBe(2);
        guest.Store.MayCompile = false;
        f(1).ShouldBe(2);
        Call(() => _ = g(1)).ShouldTrap(TrapKind.Interrupted).Message.ShouldContain("not compiled");
        guest.Store.MayCompile = true;
        g(1).ShouldBe(3);
        guest.Store.MayCompile = false;
        g(1).ShouldBe(3);
    }

    [Fact]
    public void StoreThatMayNotCompile_StopsALoopThatTurnsHot()
    {
        using var guest = new Guest(Loop());
        var f = guest.Get<Action<int>>();
        f(20);
        guest.Store.MayCompile = false;
        f(20);
        Call(() => f(10_000)).ShouldTrap(TrapKind.Interrupted);
        guest.Store.MayCompile = true;
        f(10_000);
        guest.Store.MayCompile = false;
        f(10_000);
    }

    [Fact]
    public void Cache_OfModules_IsBoundedAndLetsGoOfTheLeastRecentlyUsed()
    {
        byte[][] binaries = [.. Enumerable.Range(0, 3).Select(i => new ModuleBuilder().Memory(1).Data(i, 1).ToArray())];
        using var engine = new Engine(new EngineOptions { CacheBytes = binaries[0].Length * 2 });
        var (a, b) = (engine.Compile(binaries[0]), engine.Compile(binaries[1]));
        engine.Compile(binaries[0]).ShouldBeSameAs(a);
        var c = engine.Compile(binaries[2]);
        engine.Compile(binaries[0]).ShouldBeSameAs(a);
        engine.Compile(binaries[2]).ShouldBeSameAs(c);
        engine.Compile(binaries[1]).ShouldNotBeSameAs(b);
    }

    [Fact]
    public void Cache_OfManyModules_KeepsOnlyWhatFits()
    {
        using var engine = new Engine(new EngineOptions { CacheBytes = 1000 });
        var modules = Enumerable.Range(0, 200).Select(i => Weakly(engine, i)).ToArray();
        for (var i = 0; i < 10 && modules.Count(m => m.IsAlive) > 40; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        modules.Count(m => m.IsAlive).ShouldBeLessThanOrEqualTo(40);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Weakly(Engine engine, int i) => new(engine.Compile(new ModuleBuilder().Memory(1).Data(i, 1).ToArray()));

    private static Action Call(Action call) => call;

    // Past 500 turns it is compiled again without marking what it writes.
    private static ModuleBuilder Loop()
    {
        var module = new ModuleBuilder().Memory(1);
        return module.Export("f", module.Function("i:", "", Code.Op(0x03, 0x40), Code.Get(0), Code.I32(1), Code.Memory(0x36, 0),
            Code.Get(0), Code.I32(1), Code.Op(0x6B, 0x22, 0, 0x0D, 0, 0x0B)));
    }

    private static ModuleBuilder Two()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.I32(1), Code.Op(0x6A)));
        return module.Export("g", module.Function("i:i", "", Code.Get(0), Code.Call(0), Code.Call(0)));
    }

    private static long Used(Guest guest) => Used(guest.Store, () => guest.Get<Func<int, int>>("g")(5).ShouldBe(7));

    private static long Used(Store store, Action act)
    {
        store.Fuel = 1_000_000;
        act();
        return 1_000_000 - store.Fuel;
    }
}
