using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class LimitTests
{
    private static readonly byte[] Forever = [0x03, 0x40, 0x0C, 0x00, 0x0B];

    [Theory, InlineData(true), InlineData(false)]
    public void Interrupt_StopsALoop(bool metering)
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function(":", "", Forever));
        using var guest = new Guest(module, new EngineOptions { Metering = metering });
        var f = guest.Get<Action>();
        using (guest.Store.InterruptAfter(TimeSpan.FromMilliseconds(30)))
            f.ShouldTrap(TrapKind.Interrupted).Message.ShouldContain("deadline");
    }

    [Fact]
    public void Interrupt_StopsRecursionWithoutLoops()
    {
        // f(n) calls f(n − 1) twice: 2^60 calls, 60 deep.
        var module = new ModuleBuilder();
        byte[] call = Code.Of(Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.Call(0));
        module.Export("f", module.Function("i:", "", Code.Get(0), Code.Op(0x04, 0x40), call, call, Code.Op(0x0B)));
        using var guest = new Guest(module);
        var f = guest.Get<Action<int>>();
        Action act = () => f(60);
        using (guest.Store.InterruptAfter(TimeSpan.FromMilliseconds(30))) act.ShouldTrap(TrapKind.Interrupted);
        f(3);
    }

    [Fact]
    public void Interrupt_StopsTailCalls()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function(":", "", Code.ReturnCall(0)));
        using var guest = new Guest(module);
        using (guest.Store.InterruptAfter(TimeSpan.FromMilliseconds(30))) guest.Get<Action>().ShouldTrap(TrapKind.Interrupted);
    }

    [Fact]
    public void Interrupt_StopsALongFill()
    {
        var module = new ModuleBuilder().Memory(16384);
        byte[] fill = Code.Of(Code.I32(0), Code.I32(1), Code.I32(1 << 30), Code.Op(0xFC, 0x0B, 0));
        module.Export("f", module.Function(":", "", Code.Op(0x03, 0x40), fill, Code.Op(0x0C, 0, 0x0B)));
        using var guest = new Guest(module);
        var f = guest.Get<Action>();
        using (guest.Store.InterruptAfter(TimeSpan.FromMilliseconds(20))) f.ShouldTrap(TrapKind.Interrupted);
    }

    [Fact]
    public void Fuel_SameCall_UsesTheSame()
    {
        using var guest = Counting();
        var f = guest.Get<Func<int, int>>();
        long[] used = [.. Enumerable.Range(0, 3).Select(_ => Used(guest.Store, () => f(1000)))];
        used[1].ShouldBe(used[0]);
        used[2].ShouldBe(used[0]);
        Used(guest.Store, () => f(2000)).ShouldBeGreaterThan(used[0]);
    }

    [Fact]
    public void Fuel_ExactAmount_IsEnoughAndOneLessIsNot()
    {
        using var guest = Counting();
        var f = guest.Get<Func<int, int>>();
        var needed = Used(guest.Store, () => f(100));
        guest.Store.Fuel = needed;
        f(100).ShouldBe(100);
        guest.Store.Fuel.ShouldBe(0);
        guest.Store.Fuel = needed - 1;
        Action act = () => f(100);
        act.ShouldTrap(TrapKind.OutOfFuel);
        guest.Store.Fuel.ShouldBe(0);
    }

    [Fact]
    public void Fuel_EndlessLoop_Ends()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function(":", "", Forever));
        using var guest = new Guest(module, new EngineOptions { Metering = true });
        guest.Store.Fuel = 1_000_000;
        guest.Get<Action>().ShouldTrap(TrapKind.OutOfFuel);
    }

    [Fact]
    public void Fuel_OfTheHost_IsSeenByTheGuest()
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "spend", ":");
        module.Export("f", module.Function(":", "", Code.Call(0)));
        using var guest = new Guest(module, new EngineOptions { Metering = true }, imports: store =>
            new Imports().Add("env", "spend", Function.FromDelegate(store, () => store.ConsumeFuel(5000))));
        guest.Store.Fuel = 10_000;
        guest.Get<Action>()();
        guest.Store.Fuel.ShouldBeInRange(4900, 4999);
        guest.Store.Fuel = 4000;
        guest.Get<Action>().ShouldTrap(TrapKind.OutOfFuel);
    }

    [Fact]
    public void Memory_GrowthBeyondTheStore_IsRefusedOrTraps()
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Op(0x40, 0)));
        using var refusing = new Guest(module, limits: new StoreLimits { MemoryBytes = 4 << 16 });
        var f = refusing.Get<Func<int, int>>();
        f(3).ShouldBe(1);
        f(1).ShouldBe(-1);
        using var trapping = new Guest(module, limits: new StoreLimits { MemoryBytes = 4 << 16, TrapOnGrowthFailure = true });
        Action act = () => trapping.Get<Func<int, int>>()(4);
        act.ShouldTrap(TrapKind.GrowthRefused);
    }

    [Fact]
    public void Instances_BeyondTheLimit_AreRefused()
    {
        using var guest = new Guest(new ModuleBuilder(), limits: new StoreLimits { Instances = 1 });
        Should.Throw<LinkException>(() => guest.Store.Instantiate(guest.Instance.Module));
    }

    [Fact]
    public void Tables_BeyondTheStoresElements_AreRefusedOrTrap()
    {
        var module = new ModuleBuilder().Table(10);
        module.Export("f", module.Function("i:i", "", Code.Op(0xD0, 0x70), Code.Get(0), Code.Op(0xFC, 0x0F, 0)));
        using var refusing = new Guest(module, limits: new StoreLimits { TableElements = 20 });
        var f = refusing.Get<Func<int, int>>();
        f(11).ShouldBe(-1);
        f(10).ShouldBe(10);
        f(1).ShouldBe(-1);
        using var trapping = new Guest(module, limits: new StoreLimits { TableElements = 20, TrapOnGrowthFailure = true });
        Action act = () => trapping.Get<Func<int, int>>()(11);
        act.ShouldTrap(TrapKind.GrowthRefused);
        Should.Throw<LinkException>(() => new Guest(module, limits: new StoreLimits { TableElements = 9 }));
        Should.Throw<LinkException>(() => new Guest(new ModuleBuilder().Table(uint.MaxValue), limits: new StoreLimits { TableElements = long.MaxValue }));
    }

    [Fact]
    public void MemoriesAndTables_BeyondTheirNumber_AreRefused()
    {
        Should.Throw<LinkException>(() => new Guest(new ModuleBuilder().Memory(1), limits: new StoreLimits { Memories = 0 }));
        Should.Throw<LinkException>(() => new Guest(new ModuleBuilder().Table(1).Table(1), limits: new StoreLimits { Tables = 1 }));
        Should.Throw<LinkException>(() => new Guest(new ModuleBuilder().Memory(3), limits: new StoreLimits { MemoryBytes = 2 << 16 }));
    }

    [Fact]
    public void Functions_BeyondTheirNumber_AreRefused()
    {
        var module = new ModuleBuilder();
        for (var i = 0; i < 3; i++) module.Function(":", "");
        var binary = module.ToArray();
        Module.Check(binary, new EngineOptions { MaxFunctions = 3 });
        Should.Throw<DecodeException>(() => Module.Check(binary, new EngineOptions { MaxFunctions = 2 })).Message.ShouldContain("too many functions");
        Should.Throw<DecodeException>(() => Module.Check(binary, new EngineOptions { MaxModuleBytes = 20 })).Message.ShouldContain("too large");
    }

    [Fact]
    public void RefusedMemory_LeavesTheStoreUsable()
    {
        using var engine = new Engine();
        using var store = new Store(engine, new StoreLimits { MemoryBytes = 3 << 16 });
        Should.Throw<LinkException>(() => new Memory(store, new Limits(4)));
        new Memory(store, new Limits(3)).Pages.ShouldBe(3u);
    }

    private static Guest Counting()
    {
        // Counts local 1 up to local 0.
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "i", Code.Op(0x03, 0x40), Code.Get(1), Code.I32(1), Code.Op(0x6A, 0x22, 1), Code.Get(0), Code.Op(0x49, 0x0D, 0, 0x0B), Code.Get(1)));
        return new Guest(module, new EngineOptions { Metering = true });
    }

    private static long Used(Store store, Action act)
    {
        store.Fuel = 1_000_000;
        act();
        return 1_000_000 - store.Fuel;
    }
}
