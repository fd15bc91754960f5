using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

/// <summary>Functions without branches and calls take no fuel themselves: whoever calls them does, in whatever way.</summary>
public class PrepaidTests
{
    private static readonly EngineOptions Metered = new() { Metering = true, Features = WasmFeatures.All };

    private static readonly byte[] LeafBody = Code.Of(Code.Get(0), Code.I32(1), Code.Op(0x6A));
    private const int Leaf = 3;

    [Theory, InlineData(false), InlineData(true)]
    public void Call_Direct(bool eager)
    {
        var module = new ModuleBuilder();
        var leaf = module.Function("i:i", "", LeafBody);
        Used(module, eager, Code.Get(0), Code.Call(leaf), Code.Call(leaf)).ShouldBe((7, 3 + (2 * Leaf)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Call_Indirect_SeveralInOneBlock(bool eager)
    {
        var module = new ModuleBuilder();
        var (type, leaf) = (module.Type("i:i"), module.Function("i:i", "", LeafBody));
        module.Table(1, leaf);
        byte[] call = [.. Code.I32(0), .. Code.CallIndirect(type)];
        Used(module, eager, Code.Get(0), call, call, call).ShouldBe((8, 7 + (3 * Leaf)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Call_Indirect_OfStraightAndOtherFunctionsByTurns(bool eager)
    {
        var module = new ModuleBuilder();
        var (type, leaf) = (module.Type("i:i"), module.Function("i:i", "", LeafBody));
        var caller = module.Function("i:i", "", Code.Get(0), Code.Call(leaf));
        module.Table(2, leaf, caller);
        byte[] straight = [.. Code.I32(0), .. Code.CallIndirect(type)], other = [.. Code.I32(1), .. Code.CallIndirect(type)];
        Used(module, eager, Code.Get(0), straight, other, straight, other, Code.Block(0x40, Code.Op(0x0C, 0))).ShouldBe((9, 10 + (4 * Leaf) + (2 * 2)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Call_Tail_DirectAndIndirect(bool eager)
    {
        foreach (var indirect in new[] { false, true })
        {
            var module = new ModuleBuilder();
            var (type, leaf) = (module.Type("i:i"), module.Function("i:i", "", LeafBody));
            module.Table(1, leaf);
            byte[] call = indirect ? Code.Of(Code.I32(0), Code.Op(0x13, (byte)type, 0)) : Code.ReturnCall(leaf);
            Used(module, eager, Code.Get(0), call).ShouldBe((6, 2 + (indirect ? 1 : 0) + Leaf));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Call_TailOutOfATry(bool eager)
    {
        foreach (var indirect in new[] { false, true })
        {
            var module = new ModuleBuilder();
            var (type, leaf) = (module.Type("i:i"), module.Function("i:i", "", LeafBody));
            module.Table(1, leaf);
            byte[] call = indirect ? Code.Of(Code.I32(0), Code.Op(0x13, (byte)type, 0)) : Code.ReturnCall(leaf);
            var expected = Used(module, eager, Code.Try(0x40, [], Code.Get(0), call), Code.Op(0x00));
            expected.ShouldBe((6, 3 + (indirect ? 1 : 0) + Leaf));
        }
    }

    [Fact]
    public void Call_ByTheHostAndByAnotherInstance()
    {
        using var engine = new Engine(Metered);
        using var store = new Store(engine);
        var module = new ModuleBuilder();
        module.Export("leaf", module.Function("i:i", "", LeafBody));
        var library = store.Instantiate(engine.Compile(module.ToArray()));
        var leaf = library.GetFunction("leaf").ToDelegate<Func<int, int>>();
        Used(store, () => leaf(1).ShouldBe(2)).ShouldBe(Leaf);
        Used(store, () => library.GetFunction("leaf").Call(Value.I32(1))).ShouldBe(Leaf);
        var user = new ModuleBuilder();
        var imported = user.ImportFunction("library", "leaf", "i:i");
        user.Export("f", user.Function("i:i", "", Code.Get(0), Code.Call(imported), Code.Call(imported)));
        var f = store.Instantiate(engine.Compile(user.ToArray()), new Imports().Add("library", library)).GetFunction("f").ToDelegate<Func<int, int>>();
        Used(store, () => f(1).ShouldBe(3)).ShouldBe(3 + (2 * Leaf));
    }

    [Fact]
    public void Loop_OfCallsOfStraightFunctions_RunsOutOfFuel()
    {
        var module = new ModuleBuilder();
        var (type, leaf) = (module.Type("i:i"), module.Function("i:i", "", LeafBody));
        module.Table(1, leaf);
        byte[] turn = [.. Code.Get(0), .. Code.I32(0), .. Code.CallIndirect(type), .. Code.Set(0), .. Code.Op(0x0C, 0)];
        module.Export("f", module.Function("i:i", "", Code.Op(0x03, 0x40), turn, Code.Op(0x0B), Code.Op(0x00)));
        using var guest = new Guest(module, Metered);
        guest.Store.Fuel = 10_000;
        ((Action)(() => guest.Get<Func<int, int>>()(0))).ShouldTrap(TrapKind.OutOfFuel);
        guest.Store.Fuel.ShouldBe(0);
    }

    [Fact]
    public void Host_ThatCallsWithTooLittleFuel_GetsATrap()
    {
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "", LeafBody));
        using var guest = new Guest(module, Metered);
        guest.Store.Fuel = Leaf - 1;
        ((Action)(() => guest.Get<Func<int, int>>()(0))).ShouldTrap(TrapKind.OutOfFuel);
    }

    // What f(4) gives, and the fuel of its second call.
    private static (int Result, long Fuel) Used(ModuleBuilder module, bool eager, params byte[][] body)
    {
        module.Export("f", module.Function("i:i", "", body));
        using var guest = new Guest(module, Metered with { EagerCompilation = eager });
        var (f, result) = (guest.Get<Func<int, int>>(), 0);
        var first = Used(guest.Store, () => f(5));
        var second = Used(guest.Store, () => result = f(5));
        first.ShouldBe(second);
        return (result, second);
    }

    private static long Used(Store store, Action act)
    {
        store.Fuel = 1_000_000;
        act();
        return 1_000_000 - store.Fuel;
    }
}
