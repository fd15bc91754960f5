using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

/// <summary>Functions with so many locals that the memory's limits are compared where they lie in memory.</summary>
public class CrowdedAccessTests
{
    private const int Page = 65536, Crowd = 30;

    private static readonly uint[] Offsets = [0, 1, 65520, 65535, 65536, 0x7FFFFFFF, 0x80000000, uint.MaxValue];
    private static readonly uint[] Addresses = [0, 1, 65519, 65520, 65528, 65532, 65535, 65536, 65537, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, uint.MaxValue];

    public static TheoryData<byte, int, char> Loads => new()
    {
        { 0x28, 4, 'i' }, { 0x29, 8, 'I' }, { 0x2B, 8, 'F' }, { 0x2D, 1, 'i' }, { 0x2F, 2, 'i' }, { 0x30, 1, 'I' },
    };

    [Theory, MemberData(nameof(Loads))]
    public void Load_AtTheEdges_IsExact(byte opcode, int size, char kind)
    {
        foreach (var offset in Offsets) ExpectExact(Crowded($"i:{kind}", 1, Code.Get(0), Code.Memory(opcode, offset)), offset, size);
    }

    [Fact]
    public void VectorLoad_AtTheEdges_IsExact()
    {
        foreach (var offset in Offsets)
            ExpectExact(Crowded("i:v", 1, Code.Get(0), Code.Of(Code.Op(0xFD, 0x00, 0), new WasmWriter().U32(offset).ToArray())), offset, 16);
    }

    [Theory, InlineData(0x36, 4), InlineData(0x3A, 1), InlineData(0x3B, 2)]
    public void Store_AtTheEdges_IsExact(byte opcode, int size)
    {
        foreach (var offset in Offsets)
            ExpectExact(Crowded("i:", 1, Code.Get(0), Code.I32(-1), Code.Memory(opcode, offset)), offset, size);
    }

    [Fact]
    public void Growth_InTheFunction_IsSeenAtOnce()
    {
        using var guest = new Guest(Crowded("i:i", 1, Code.I32(1), Code.Op(0x40, 0, 0x1A), Code.Get(0), Code.Memory(0x28, 0)));
        guest.Get<Func<int, int>>()((2 * Page) - 4).ShouldBe(0);
        Action act = () => guest.Get<Func<int, int>>()((3 * Page) - 3);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void Growth_DuringACall_IsSeenByTheCaller()
    {
        var module = new ModuleBuilder();
        module.ImportFunction("env", "grow", ":");
        module.Memory(1);
        Export(module, "i:i", 1, Code.I32(0), Code.Memory(0x28, 0), Code.Call(0), Code.Get(0), Code.I32(7), Code.Memory(0x36, 0), Code.Get(0), Code.Memory(0x28, 0), Code.Op(0x6A));
        using var guest = new Guest(module, imports: store => new Imports().Add("env", "grow", Function.FromDelegate(store, (Caller caller) => { caller.GetMemory()!.Grow(100); })));
        guest.Get<Func<int, int>>()(90 * Page).ShouldBe(7);
    }

    [Fact]
    public void Growth_ByAnotherInstance_IsSeen()
    {
        using var guest = new Guest(Crowded("i:i", 1, Code.Get(0), Code.Memory(0x28, 0)));
        var importer = new ModuleBuilder().ImportMemory("a", "memory", 1);
        importer.Export("g", importer.Function(":", "", Code.I32(1), Code.Op(0x40, 0, 0x1A)));
        var other = guest.Store.Instantiate(guest.Engine.Compile(importer.ToArray()), new Imports().Add("a", "memory", guest.Instance.GetMemory("memory")));
        Action act = () => guest.Get<Func<int, int>>()(Page);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        other.GetFunction("g").ToDelegate<Action>()();
        act();
    }

    [Fact]
    public void Reset_TakesTheGrownPagesAway()
    {
        using var guest = new Guest(Crowded("i:i", 1, Code.Get(0), Code.Memory(0x28, 0)));
        guest.Store.Snapshot();
        guest.Instance.GetMemory("memory").Grow(1);
        guest.Get<Func<int, int>>()(Page).ShouldBe(0);
        guest.Store.Reset();
        Action act = () => guest.Get<Func<int, int>>()(Page);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void Memory_OfFourGiB_IsReachableToTheLastByte()
    {
        using var guest = new Guest(Crowded("i:i", 65536, Code.Get(0), Code.I32(5), Code.Memory(0x3A, 0), Code.Get(0), Code.Memory(0x2D, 0)),
            limits: new StoreLimits { MemoryBytes = 8L << 30 });
        guest.Get<Func<uint, int>>()(uint.MaxValue).ShouldBe(5);
        guest.Instance.GetMemory("memory").Read(uint.MaxValue, 1)[0].ShouldBe((byte)5);
    }

    private static void ExpectExact(ModuleBuilder module, uint offset, int size)
    {
        using var guest = new Guest(module);
        foreach (var address in Addresses)
        {
            Action act = () => guest.Instance.GetFunction("f").Call(Value.I32((int)address));
            if ((ulong)address + offset + (ulong)size <= Page) act();
            else act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        }
    }

    private static ModuleBuilder Crowded(string signature, uint pages, params byte[][] body)
    {
        var module = new ModuleBuilder().Memory(pages);
        Export(module, signature, 1, body);
        return module;
    }

    private static void Export(ModuleBuilder module, string signature, uint firstLocal, params byte[][] body)
    {
        byte[][] crowd = [.. Enumerable.Range((int)firstLocal, Crowd).Select(i => Code.Of(Code.Get((uint)i), Code.Set((uint)i)))];
        module.Export("f", module.Function(signature, new string('i', Crowd), [.. crowd, .. body]));
    }
}
