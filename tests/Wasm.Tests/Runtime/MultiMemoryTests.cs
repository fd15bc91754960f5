using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class MultiMemoryTests
{
    private static readonly EngineOptions On = new() { Features = WasmFeatures.MultiMemory };

    // copy(to, from, n) from memory 0 to memory 1; get and put reach memory 1.
    private static ModuleBuilder TwoMemories()
    {
        var module = new ModuleBuilder().Memory(1).Memory(1, 2).Data(0, 1, 2, 3, 4).DataIn(1, 65535, 9);
        module.Export("copy", module.Function("iii:", "", Code.Get(0), Code.Get(1), Code.Get(2), Code.Op(0xFC, 0x0A, 1, 0)));
        module.Export("get", module.Function("i:i", "", Code.Get(0), Code.MemoryOf(0x2D, 1, 0)));
        module.Export("put", module.Function("ii:", "", Code.Get(0), Code.Get(1), Code.MemoryOf(0x36, 1, 0)));
        module.Export("get0", module.Function("i:i", "", Code.Get(0), Code.Memory(0x2D, 0)));
        module.Export("grow", module.Function("i:i", "", Code.Get(0), Code.Op(0x40, 1)));
        return module.Export("size", module.Function(":i", "", Code.Op(0x3F, 1))).Export("fill", module.Function("iii:", "", Code.Get(0), Code.Get(1), Code.Get(2), Code.Op(0xFC, 0x0B, 1)));
    }

    [Fact]
    public void Accesses_GoToTheMemoryNamed_AndAreBounded()
    {
        using var guest = new Guest(TwoMemories(), On);
        var (get, put) = (guest.Get<Func<int, int>>("get"), guest.Get<Action<int, int>>("put"));
        get(0).ShouldBe(0);
        get(65535).ShouldBe(9);
        put(65532, 0x01020304);
        get(65535).ShouldBe(1);
        guest.Get<Func<int, int>>("get0")(65535).ShouldBe(0);
        Action over = () => put(65533, 0), far = () => get(-1);
        over.ShouldTrap(TrapKind.MemoryOutOfBounds);
        far.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void Copy_BetweenMemories_ChecksBothRanges()
    {
        using var guest = new Guest(TwoMemories(), On);
        var copy = guest.Get<Action<int, int, int>>("copy");
        copy(100, 1, 3);
        Enumerable.Range(100, 4).Select(guest.Get<Func<int, int>>("get")).ShouldBe([2, 3, 4, 0]);
        Action target = () => copy(65534, 0, 3), source = () => copy(0, 65534, 3);
        target.ShouldTrap(TrapKind.MemoryOutOfBounds);
        source.ShouldTrap(TrapKind.MemoryOutOfBounds);
        copy(65536, 65536, 0);
    }

    [Fact]
    public void Growth_OfOne_LeavesTheOther()
    {
        using var guest = new Guest(TwoMemories(), On);
        guest.Get<Func<int, int>>("grow")(1).ShouldBe(1);
        guest.Get<Func<int, int>>("grow")(1).ShouldBe(-1);
        guest.Get<Func<int>>("size")().ShouldBe(2);
        guest.Instance.GetMemory("memory").Pages.ShouldBe(1u);
        guest.Get<Action<int, int>>("put")(131_068, 1);
        guest.Get<Func<int, int>>("get")(131_068).ShouldBe(1);
    }

    [Fact]
    public void OneMemory_ImportedTwice_IsOneMemory()
    {
        // Growing it as the second is seen by accesses to the first.
        var module = new ModuleBuilder().ImportMemory("env", "m", 1).ImportMemory("env", "m", 1);
        module.Export("f", module.Function(":i", "", Code.I32(1), Code.Op(0x40, 1, 0x1A),
            Code.I32(65536), Code.I32(8), Code.MemoryOf(0x36, 1, 0), Code.I32(65536), Code.Memory(0x28, 0)));
        using var guest = new Guest(module, On, imports: store => new Imports().Add("env", "m", new Memory(store, new Limits(1))));
        guest.Get<Func<int>>()().ShouldBe(8);
    }

    [Fact]
    public void Reset_RestoresEveryMemory()
    {
        using var guest = new Guest(TwoMemories(), On);
        guest.Store.Snapshot();
        guest.Get<Action<int, int>>("put")(5, 0x11);
        guest.Get<Action<int, int, int>>("fill")(60_000, 7, 5536);
        guest.Store.Reset();
        var get = guest.Get<Func<int, int>>("get");
        new[] { get(5), get(60_000), get(65535) }.ShouldBe([0, 0, 9]);
    }
}
