using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class ExceptionTests
{
    private static readonly EngineOptions On = new() { Features = WasmFeatures.ExceptionHandling };
    private static readonly EngineOptions Metered = On with { Metering = true };
    private const byte None = 0x40, I32 = 0x7F, Exn = 0x69;

    [Fact]
    public void Throw_WithoutACatch_ReachesTheHostTyped()
    {
        var module = new ModuleBuilder();
        module.Export("tag", module.Tag("iF"), 4).Export("f", module.Function(":", "", Code.I32(7), Code.Op(0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F), Code.Throw(0)));
        using var guest = new Guest(module, On);
        var thrown = Should.Throw<GuestException>(() => guest.Get<Action>()());
        thrown.Kind.ShouldBe(TrapKind.UncaughtException);
        thrown.Value.Tag.ShouldBeSameAs(guest.Instance.GetTag("tag"));
        thrown.Value.Arguments.ToArray().ShouldBe([Value.I32(7), Value.F64(1)]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void NestedRecursion_ThroughClausesThatDontMatch_TakesNoStack(bool metering)
    {
        // f(n): n == 0 ? throw other : try { f(n − 1) } catch $tag; each of 10,000 frames looks and passes on.
        var module = new ModuleBuilder();
        var (tag, other) = (module.Tag(""), module.Tag("i"));
        module.Export("f", module.Function("i:", "",
            Code.Get(0), Code.Op(0x45, 0x04, None), Code.I32(42), Code.Throw(other), Code.Op(0x0B),
            Code.Block(None, Code.Try(None, [[0, (byte)tag, 0]], Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.Call(0)))));
        using var guest = new Guest(module, metering ? Metered : On);
        var thread = new Thread(() => Should.Throw<GuestException>(() => guest.Get<Action<int>>()(10_000)).Value.Arguments[0].AsI32().ShouldBe(42), 8 << 20);
        thread.Start();
        thread.Join();
    }

    [Fact]
    public void Recursion_WithoutEndInAProtectedRegion_TrapsAndIsNotCaught()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "", Code.Block(None, Code.Try(None, [[2, 0]], Code.Get(0), Code.Call(0), Code.Op(0x0F))), Code.I32(1)));
        using var guest = new Guest(module, On, new StoreLimits { CallDepth = int.MaxValue - 10 });
        Action act = () => guest.Get<Func<int, int>>()(1);
        act.ShouldTrap(TrapKind.CallStackExhausted);
        act.ShouldTrap(TrapKind.CallStackExhausted);
    }

    [Fact]
    public void Trap_InAProtectedRegion_IsNotCaught()
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("i:i", "", Code.Block(None, Code.Try(None, [[2, 0]],
            Code.Get(0), Code.Memory(0x28, 0), Code.Op(0x0F))), Code.I32(1)));
        using var guest = new Guest(module, On);
        guest.Get<Func<int, int>>()(0).ShouldBe(0);
        Action act = () => guest.Get<Func<int, int>>()(-1);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void HostException_PassesThroughCatchAllIntact()
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "fail", ":");
        module.Export("f", module.Function(":i", "", Code.Block(None, Code.Try(None, [[2, 0]], Code.Call(0))), Code.I32(1)));
        var error = new InvalidTimeZoneException("mine");
        using var guest = new Guest(module, On, imports: store => new Imports().Add("env", "fail", Function.FromDelegate(store, void () => throw error)));
        Should.Throw<InvalidTimeZoneException>(() => guest.Get<Func<int>>()()).ShouldBeSameAs(error);
    }

    [Fact]
    public void HostsOwnThrow_OfATag_IsCaughtWithItsValues()
    {
        var module = new ModuleBuilder();
        var tag = module.ImportTag("env", "tag", "i");
        module.ImportFunction("env", "fail", ":");
        module.Export("f", module.Function(":i", "", Code.Block(I32, Code.Try(None, [[0, (byte)tag, 0]], Code.Call(0)), Code.I32(1))));
        using var guest = new Guest(module, On, imports: store =>
        {
            var own = new Tag(store, FunctionType.Of([ValueKind.I32], []));
            return new Imports().Add("env", "tag", own).Add("env", "fail", Function.FromDelegate(store, void () => throw new GuestException(own, Value.I32(9))));
        });
        guest.Get<Func<int>>()().ShouldBe(9);
    }

    [Fact]
    public void Exception_ThroughHostFrames_KeepsItsIdentity()
    {
        // f catches by reference what the host let through from g, and throws the reference again.
        var module = new ModuleBuilder();
        module.ImportFunction("env", "call", ":");
        var tag = module.Tag("");
        var f = module.Function(":", "", Code.Block(Exn, Code.Try(None, [[1, (byte)tag, 0]], Code.Call(0)), Code.Op(0x0F)), Code.Op(0x0A));
        module.Export("f", f).Export("g", module.Function(":", "", Code.Throw(tag)));
        GuestException? seen = null;
        using var guest = new Guest(module, On, imports: store => new Imports().Add("env", "call", Function.FromDelegate(store, (Caller caller) =>
        {
            seen = Should.Throw<GuestException>(() => caller.GetFunction("g")!.Call());
            throw seen;
        })));
        Should.Throw<GuestException>(() => guest.Get<Action>()()).Value.ShouldBeSameAs(seen!.Value);
    }

    [Fact]
    public void ThrowRef_OfNull_Traps()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function(":", "", Code.Op(0xD0, 0x74, 0x0A)));
        using var guest = new Guest(module, On);
        Action act = () => guest.Get<Action>()();
        act.ShouldTrap(TrapKind.NullExceptionReference);
    }

    [Fact]
    public void Locals_ChangedInTheRegion_KeepWhatTheyHadAtTheThrow()
    {
        var module = new ModuleBuilder();
        var tag = module.Tag("");
        var thrower = module.Function(":", "", Code.Throw(tag));
        module.Export("f", module.Function("i:i", "", Code.Block(None,
            Code.Try(None, [[0, (byte)tag, 0]], Code.Get(0), Code.I32(1), Code.Op(0x6A), Code.Set(0), Code.Call(thrower), Code.I32(100), Code.Set(0))), Code.Get(0)));
        using var guest = new Guest(module, On);
        guest.Get<Func<int, int>>()(5).ShouldBe(6);
    }

    [Fact]
    public void Memory_GrownBeforeTheThrow_IsSeenByTheCatcher()
    {
        var module = new ModuleBuilder().Memory(1);
        var tag = module.Tag("");
        var thrower = module.Function(":", "", Code.I32(1), Code.Op(0x40, 0, 0x1A), Code.Throw(tag));
        module.Export("f", module.Function(":i", "", Code.Block(None, Code.Try(None, [[0, (byte)tag, 0]], Code.Call(thrower))),
            Code.I32(65536), Code.I32(5), Code.Memory(0x36, 0), Code.I32(65536), Code.Memory(0x28, 0)));
        using var guest = new Guest(module, On);
        guest.Get<Func<int>>()().ShouldBe(5);
    }

    [Fact]
    public void Fuel_OfUnwoundBlocks_IsCharged()
    {
        // The callee's frame is left in the middle of a block of 2,000 instructions.
        var module = new ModuleBuilder();
        var tag = module.Tag("");
        var thrower = module.Function(":", "", Code.Throw(tag));
        var busy = module.Function(":", "", [.. Enumerable.Repeat(Code.Op(0x01), 2000), Code.Call(thrower)]);
        module.Export("f", module.Function(":", "", Code.Block(None, Code.Try(None, [[0, (byte)tag, 0]], Code.Call(busy)))));
        foreach (var eager in new[] { false, true })
        {
            using var guest = new Guest(module, Metered with { EagerCompilation = eager });
            Used(guest).ShouldBe(Used(guest));
            Used(guest).ShouldBeInRange(3000, 3010);
        }

        static long Used(Guest guest)
        {
            guest.Store.Fuel = 1_000_000;
            guest.Get<Action>()();
            return 1_000_000 - guest.Store.Fuel;
        }
    }

    [Fact]
    public void LoopOfThrows_RunsOutOfFuel()
    {
        using var guest = new Guest(ThrowsForEver(), Metered);
        guest.Store.Fuel = 100_000;
        Action act = () => guest.Get<Action>()();
        act.ShouldTrap(TrapKind.OutOfFuel);
        guest.Store.Fuel.ShouldBe(0);
    }

    [Fact]
    public void LoopOfThrows_IsInterrupted()
    {
        using var guest = new Guest(ThrowsForEver(), On);
        using (guest.Store.InterruptAfter(TimeSpan.FromMilliseconds(20)))
        {
            Action act = () => guest.Get<Action>()();
            act.ShouldTrap(TrapKind.Interrupted);
        }
    }

    [Fact]
    public void Depth_AfterACatch_IsThatOfTheCatcher()
    {
        // f(n): n == 0 ? throw : f(n − 1); g: a thousand times { try { f(90) } }; the limit is 100.
        var module = new ModuleBuilder();
        var tag = module.Tag("");
        var f = module.Function("i:", "", Code.Get(0), Code.Op(0x45, 0x04, None), Code.Throw(tag), Code.Op(0x0B), Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.Call(0));
        module.Export("g", module.Function("i:i", "", Code.Op(0x03, None), Code.Block(None, Code.Try(None, [[0, (byte)tag, 0]], Code.I32(90), Code.Call(f))),
            Code.Get(0), Code.I32(1), Code.Op(0x6B, 0x22, 0, 0x0D, 0, 0x0B), Code.I32(7)));
        using var guest = new Guest(module, On, new StoreLimits { CallDepth = 100 });
        guest.Get<Func<int, int>>("g")(1000).ShouldBe(7);
    }

    [Fact]
    public void TailCall_InAProtectedRegion_LeavesItAndDoesntGrowTheStack()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "",
            Code.Get(0), Code.Op(0x45, 0x04, None), Code.I32(42), Code.Op(0x0F, 0x0B),
            Code.Block(None, Code.Try(None, [[2, 0]], Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.ReturnCall(0))), Code.I32(1)));
        using var guest = new Guest(module, On);
        guest.Get<Func<int, int>>()(1_000_000).ShouldBe(42);
    }

    [Fact]
    public void References_InTablesAndGlobals_SurviveReset()
    {
        // keep: the reference of what was caught goes to a table; again: it is thrown from there.
        var module = new ModuleBuilder();
        var tag = module.Tag("i");
        module.Export("keep", module.Function("i:", "x", Code.Block(Exn, Code.Block(0x40,
            Code.Try(None, [[3, 1]], Code.Get(0), Code.Throw(tag))), Code.Op(0x00)), Code.Set(1), Code.I32(0), Code.Get(1), Code.Op(0x26, 0)));
        module.Export("again", module.Function(":", "", Code.I32(0), Code.Op(0x25, 0, 0x0A)));
        module.TableOf(Exn, 1);
        using var guest = new Guest(module, On);
        guest.Store.Snapshot();
        guest.Get<Action<int>>("keep")(3);
        Should.Throw<GuestException>(() => guest.Get<Action>("again")()).Value.Arguments[0].AsI32().ShouldBe(3);
        guest.Store.Reset();
        Action act = () => guest.Get<Action>("again")();
        act.ShouldTrap(TrapKind.NullExceptionReference);
    }

    [Fact]
    public void Reference_HeldOverAHotLoop_IsKept()
    {
        // f catches by reference, calls g with it, and g stores 5,000 times before it throws it again.
        var module = new ModuleBuilder().Memory(1);
        var tag = module.Tag("i");
        var g = module.Function("xi:", "x", Code.Get(0), Code.Set(2), Code.Op(0x03, None), Code.Get(1), Code.I32(1), Code.Memory(0x36, 0),
            Code.Get(1), Code.I32(1), Code.Op(0x6B, 0x22, 1, 0x0D, 0, 0x0B), Code.Get(2), Code.Op(0x0A));
        module.Export("f", module.Function("i:", "", Code.Block(Exn, Code.Try(None, [[3, 0]], Code.Get(0), Code.Throw(tag)), Code.Op(0x00)), Code.I32(5000), Code.Call(g)));
        using var guest = new Guest(module, On);
        for (var round = 0; round < 3; round++)
        {
            Should.Throw<GuestException>(() => guest.Get<Action<int>>()(round)).Value.Arguments[0].AsI32().ShouldBe(round);
            GC.Collect();
        }
    }

    private static ModuleBuilder ThrowsForEver()
    {
        var module = new ModuleBuilder();
        var tag = module.Tag("");
        return module.Export("f", module.Function(":", "", Code.Op(0x03, None), Code.Try(None, [[0, (byte)tag, 0]], Code.Throw(tag)), Code.Op(0x0B)));
    }
}
