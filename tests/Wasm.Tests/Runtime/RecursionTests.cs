using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class RecursionTests
{
    private static readonly StoreLimits Unlimited = new() { CallDepth = int.MaxValue - 10 };

    public static TheoryData<bool, bool> Modes => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    [Theory, MemberData(nameof(Modes))]
    public void Direct_WithoutEnd_Traps(bool metering, bool limited) =>
        Exhausts(Recursive(module => module.Function("i:i", "", Code.Get(0), Code.Call(0))), metering, limited);

    [Theory, MemberData(nameof(Modes))]
    public void Indirect_WithoutEnd_Traps(bool metering, bool limited) =>
        Exhausts(Recursive(module =>
        {
            var type = module.Type("i:i");
            module.Function(type, [], Code.Get(0), Code.I32(0), Code.CallIndirect(type));
            module.Table(1, 0);
        }), metering, limited);

    [Theory, MemberData(nameof(Modes))]
    public void Mutual_WithoutEnd_Traps(bool metering, bool limited) =>
        Exhausts(Recursive(module =>
        {
            module.Function("i:i", "", Code.Get(0), Code.Call(1));
            module.Function("i:i", "", Code.Get(0), Code.Call(0));
        }), metering, limited);

    [Theory, MemberData(nameof(Modes))]
    public void ThousandsOfLocals_WithoutEnd_Traps(bool metering, bool limited) =>
        Exhausts(Recursive(module => module.Function(module.Type("i:i"), [(50_000, 'v')], Code.Get(0), Code.Call(0))), metering, limited);

    [Fact]
    public void ManyLiveValues_WithoutEnd_Traps()
    {
        byte[][] body = [.. Enumerable.Repeat(Code.Of(Code.Get(0), Code.Call(0)), 3000), .. Enumerable.Repeat(Code.Op(0x6A), 2999)];
        Exhausts(Recursive(module => module.Function("i:i", "", body)), metering: false, limited: false);
    }

    [Theory, MemberData(nameof(Modes))]
    public void ThroughTheHost_WithoutEnd_Traps(bool metering, bool limited)
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "again", "i:i");
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Call(0)));
        using var guest = new Guest(module, new EngineOptions { Metering = metering }, limited ? null : Unlimited, store =>
            new Imports().Add("env", "again", Function.FromDelegate(store, (Caller caller, int value) => caller.GetFunction("f")!.Call(Value.I32(value))[0].AsI32())));
        Action act = () => guest.Get<Func<int, int>>()(1);
        act.ShouldTrap(TrapKind.CallStackExhausted);
    }

    [Fact]
    public void ThroughStart_WithoutEnd_Traps()
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "again", ":");
        module.Start(module.Function(":", "", Code.Call(0)));
        using var engine = new Engine();
        using var store = new Store(engine, Unlimited);
        var compiled = engine.Compile(module.ToArray());
        var imports = new Imports();
        imports.Add("env", "again", Function.FromDelegate(store, () => { store.Instantiate(compiled, imports); }));
        Should.Throw<WasmException>(() => store.Instantiate(compiled, imports));
    }

    [Theory, MemberData(nameof(Modes))]
    public void WithAThousandVectors_WithoutEnd_Traps(bool metering, bool limited) =>
        Exhausts(Recursive(module =>
        {
            var vectors = Enumerable.Range(0, 999).Select(i => Code.Get((uint)(i + 1))).ToArray();
            module.Function($"i{new string('v', 999)}:i", "", [Code.Get(0), .. vectors, Code.Call(0)]);
            byte[][] zeros = [.. Enumerable.Repeat(Code.Of(Code.Op(0xFD, 0x0C), new byte[16]), 999)];
            module.Function("i:i", "", [Code.Get(0), .. zeros, Code.Call(0)]);
        }, 1), metering, limited);

    [Theory, MemberData(nameof(Modes))]
    public void BetweenInstances_WithoutEnd_Traps(bool metering, bool limited)
    {
        // Each puts its function into the other's way through a shared table.
        using var engine = new Engine(new EngineOptions { Metering = metering });
        using var store = new Store(engine, limited ? null : Unlimited);
        var table = new Table(store, new TableType(ValueKind.FuncRef, new Limits(2)), Value.FuncRef(null));
        var imports = new Imports().Add("env", "table", table);
        var instances = Enumerable.Range(0, 2).Select(i =>
        {
            var module = new ModuleBuilder().ImportTable("env", "table", 2);
            var type = module.Type("i:i");
            module.Export("f", module.Function(type, [], Code.Get(0), Code.I32(1 - i), Code.CallIndirect(type)));
            return store.Instantiate(engine.Compile(module.ToArray()), imports);
        }).ToArray();
        for (var i = 0; i < 2; i++) table[(uint)i] = Value.FuncRef(instances[i].GetFunction("f"));
        Action act = () => instances[0].GetFunction("f").Call(Value.I32(1));
        act.ShouldTrap(TrapKind.CallStackExhausted);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void TailCallsAndCalls_ByTurns_TrapByDepth(bool metering)
    {
        // f calls g, g tail-calls f: half of the calls nest.
        var module = new ModuleBuilder();
        module.Function("i:i", "", Code.Get(0), Code.Call(1), Code.I32(1), Code.Op(0x6A));
        module.Function("i:i", "", Code.Get(0), Code.ReturnCall(0));
        Exhausts(module.Export("f", 0), metering, limited: false);
    }

    [Fact]
    public void TailCalls_ThroughATable_DontGrowTheStack()
    {
        var module = new ModuleBuilder();
        var type = module.Type("i:i");
        module.Function(type, [], Code.Get(0), Code.Op(0x45, 0x04, 0x40), Code.I32(9), Code.Op(0x0F, 0x0B),
            Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.I32(0), Code.Op(0x13, 0, 0));
        using var guest = new Guest(module.Table(1, 0).Export("f", 0));
        guest.Get<Func<int, int>>()(1_000_000).ShouldBe(9);
    }

    [Fact]
    public void ThroughUntypedHostFunctions_WithoutEnd_Traps()
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "again", "i:i");
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Call(0)));
        using var guest = new Guest(module, limits: Unlimited, imports: store => new Imports().Add("env", "again", Function.FromUntyped(
            store, FunctionType.Of([ValueKind.I32], [ValueKind.I32]), (caller, arguments, results) => caller.GetFunction("f")!.Call(arguments, results))));
        Action act = () => guest.Get<Func<int, int>>()(1);
        act.ShouldTrap(TrapKind.CallStackExhausted);
    }

    [Fact]
    public void OnASmallThread_WithoutEnd_Traps()
    {
        Exception? seen = null;
        var thread = new Thread(() => seen = Record.Exception(() => Direct_WithoutEnd_Traps(false, false)), 512 << 10);
        thread.Start();
        thread.Join();
        seen.ShouldBeNull();
    }

    [Fact]
    public void OnThreadsThatComeAndGo_WithoutEnd_Traps()
    {
        // The stack of a small thread may lie where that of a large one was, which the store has entered from.
        using var guest = new Guest(Recursive(module => module.Function("i:i", "", Code.Get(0), Code.Call(0))), limits: Unlimited);
        var f = guest.Get<Func<int, int>>();
        Action act = () => f(1);
        foreach (var kilobytes in Enumerable.Repeat(new[] { 65536, 512, 8192, 1024, 16384, 512 }, 8).SelectMany(sizes => sizes))
        {
            Exception? seen = null;
            var thread = new Thread(() => seen = Record.Exception(() => act.ShouldTrap(TrapKind.CallStackExhausted)), kilobytes << 10);
            thread.Start();
            thread.Join();
            seen.ShouldBeNull();
        }
    }

    [Fact]
    public void ASecondThread_WhileTheFirstIsInAGuest_IsRefused()
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "wait", ":");
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Op(0x04, 0x40), Code.Call(0), Code.Op(0x0B), Code.I32(7)));
        Func<int, int>? f = null;
        Exception? seen = null;
        using var guest = new Guest(module, imports: store => new Imports().Add("env", "wait", Function.FromDelegate(store, () =>
        {
            var thread = new Thread(() => seen = Record.Exception(() => f!(0)));
            thread.Start();
            thread.Join();
        })));
        f = guest.Get<Func<int, int>>();
        f(1).ShouldBe(7);
        seen.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("another thread");
        f(0).ShouldBe(7);
    }

    [Fact]
    public void Depth_Limit_IsExact()
    {
        // f(n) = n == 0 ? 0 : f(n − 1)
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Op(0x04, 0x7F), Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.Call(0), Code.Op(0x05), Code.I32(7), Code.Op(0x0B)));
        using var guest = new Guest(module, limits: new StoreLimits { CallDepth = 100 });
        var f = guest.Get<Func<int, int>>();
        f(100).ShouldBe(7);
        Action act = () => f(101);
        act.ShouldTrap(TrapKind.CallStackExhausted);
        f(100).ShouldBe(7);
    }

    [Theory, InlineData(1, 1), InlineData(2, 9), InlineData(9, 2)]
    public void TailCalls_AMillionDeep_DontGrowTheStack(int first, int second)
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function($"{new string('I', first)}:I", "", Body(first, second, 1)));
        module.Function($"{new string('I', second)}:I", "", Body(second, first, 0));
        using var guest = new Guest(module);
        var arguments = Enumerable.Repeat(Value.I64(1_000_000), first).ToArray();
        guest.Instance.GetFunction("f").Call(arguments)[0].AsI64().ShouldBe(42);

        static byte[][] Body(int from, int to, uint callee) =>
        [
            Code.Get(0), Code.Op(0x50, 0x04, 0x40), Code.I64(42), Code.Op(0x0F, 0x0B),
            Code.Get(0), Code.I64(1), Code.Op(0x7D),
            .. Enumerable.Range(1, to - 1).Select(i => Code.Get((uint)(i % from))),
            Code.ReturnCall(callee),
        ];
    }

    private static ModuleBuilder Recursive(Action<ModuleBuilder> define, uint entry = 0)
    {
        var module = new ModuleBuilder();
        define(module);
        return module.Export("f", entry);
    }

    private static void Exhausts(ModuleBuilder module, bool metering, bool limited)
    {
        using var guest = new Guest(module, new EngineOptions { Metering = metering }, limited ? null : Unlimited);
        var f = guest.Get<Func<int, int>>();
        Action act = () => f(1);
        act.ShouldTrap(TrapKind.CallStackExhausted);
        act.ShouldTrap(TrapKind.CallStackExhausted);
    }
}
