using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Runtime;

public class MemoryAccessTests
{
    private const int Page = 65536;

    public static TheoryData<byte, int> Loads => new()
    {
        { 0x28, 4 }, { 0x2D, 1 }, { 0x2F, 2 },
    };

    [Theory, MemberData(nameof(Loads))]
    public void Load_AtTheEdges_IsExact(byte opcode, int size)
    {
        foreach (var offset in new uint[] { 0, 1, 65535, 65536, 0x7FFFFFFF, 0x80000000, uint.MaxValue })
        {
            using var guest = Loading(opcode, offset);
            var f = guest.Get<Func<int, int>>();
            foreach (var address in new uint[] { 0, 1, 65532, 65535, 65536, 65537, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, uint.MaxValue })
            {
                var inside = (ulong)address + offset + (ulong)size <= Page;
                Action act = () => f((int)address);
                if (inside) act();
                else act.ShouldTrap(TrapKind.MemoryOutOfBounds);
            }
        }
    }

    [Fact]
    public void Store_AtTheEdges_IsExact()
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("iI:", "", Code.Get(0), Code.Get(1), Code.Memory(0x37, 4)));
        using var guest = new Guest(module);
        var f = guest.Get<Action<uint, long>>();
        f(Page - 12, -1);
        guest.Instance.GetMemory("memory").ReadValue<long>(Page - 8).ShouldBe(-1);
        Action act = () => f(Page - 11, -1);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        act = () => f(uint.MaxValue, -1);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void RepeatedAccess_WithAnElidedCheck_StillTraps()
    {
        // The check at offset 8 covers the one at offset 0, but not the one at offset 16.
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Memory(0x28, 8), Code.Get(0), Code.Memory(0x28, 0), Code.Op(0x6A), Code.Get(0), Code.Memory(0x28, 16), Code.Op(0x6A)));
        module.Export("g", module.Function("i:i", "", Code.Get(0), Code.Memory(0x28, 8), Code.Op(0x1A), Code.Get(0), Code.I32(1), Code.Op(0x6A), Code.Set(0), Code.Get(0), Code.Memory(0x28, 8)));
        using var guest = new Guest(module);
        guest.Get<Func<int, int>>()(Page - 20).ShouldBe(0);
        Action act = () => guest.Get<Func<int, int>>()(Page - 19);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        act = () => guest.Get<Func<int, int>>("g")(Page - 12);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void CheckInOneArm_IsNotTrustedAfterTheJoin()
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("ii:i", "", Code.Get(1), Code.Op(0x04, 0x40), Code.Get(0), Code.Memory(0x28, 0), Code.Op(0x1A, 0x0B), Code.Get(0), Code.Memory(0x28, 0)));
        using var guest = new Guest(module);
        Action act = () => guest.Get<Func<int, int, int>>()(Page, 0);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Theory, InlineData(0xFC, 0x0B), InlineData(0xFC, 0x0A)]
    public void Bulk_OfNothingAtTheEnd_IsFineAndBeyondIsNot(byte prefix, byte opcode)
    {
        byte[] operation = opcode == 0x0A ? [prefix, opcode, 0, 0] : [prefix, opcode, 0];
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("iii:", "", Code.Get(0), Code.Get(1), Code.Get(2), operation));
        using var guest = new Guest(module);
        var f = guest.Get<Action<int, int, int>>();
        f(Page, Page, 0);
        Action act = () => f(Page + 1, 0, 0);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        act = () => f(Page - 1, 0, 2);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        act = () => f(1, 1, -1);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Theory, InlineData(0u), InlineData(65520u), InlineData(0x7FFFFFFFu), InlineData(uint.MaxValue)]
    public void VectorLoad_AtTheEdges_IsExact(uint offset)
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("i:v", "", Code.Get(0), Code.Of(Code.Op(0xFD, 0x00, 0), new WasmWriter().U32(offset).ToArray())));
        using var guest = new Guest(module);
        foreach (var address in new uint[] { 0, 1, 65519, 65520, 65521, 65535, 0x7FFFFFFF, 0x80000000, uint.MaxValue })
        {
            Action act = () => guest.Instance.GetFunction("f").Call(Value.I32((int)address));
            if ((ulong)address + offset + 16 <= Page) act();
            else act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        }
    }

    [Fact]
    public void ConstantAddress_PastTheEnd_Traps()
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function(":i", "", Code.I32(-1), Code.Memory(0x28, uint.MaxValue)));
        module.Export("g", module.Function(":i", "", Code.I32(Page - 4), Code.Memory(0x28, 0)));
        module.Export("h", module.Function(":i", "", Code.I32(Page - 3), Code.Memory(0x28, 0)));
        using var guest = new Guest(module);
        Action far = () => guest.Get<Func<int>>()(), over = () => guest.Get<Func<int>>("h")();
        far.ShouldTrap(TrapKind.MemoryOutOfBounds);
        over.ShouldTrap(TrapKind.MemoryOutOfBounds);
        guest.Get<Func<int>>("g")().ShouldBe(0);
    }

    [Fact]
    public void Growth_WhileAnAddressIsHeldInALocal_LetsItThroughAfterwards()
    {
        // The address traps before the growth and not after; what was checked before stays checked.
        var module = new ModuleBuilder().Memory(1, 4);
        module.Export("f", module.Function("i:i", "i", Code.Get(0), Code.Memory(0x28, 0), Code.Set(1), Code.I32(1), Code.Op(0x40, 0, 0x1A),
            Code.Get(0), Code.Memory(0x28, 65536), Code.Get(1), Code.Op(0x6A)));
        using var guest = new Guest(module);
        guest.Get<Func<int, int>>()(Page - 4).ShouldBe(0);
        Action act = () => guest.Get<Func<int, int>>()(3 * Page);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
    }

    [Fact]
    public void GrowthDuringACall_IsSeenByTheCaller()
    {
        // Reads, calls the host which grows, then writes on the new page.
        var module = new ModuleBuilder();
        module.ImportFunction("env", "grow", ":");
        module.Memory(1);
        module.Export("f", module.Function("i:i", "", Code.I32(0), Code.Memory(0x28, 0), Code.Call(0), Code.Get(0), Code.I32(7), Code.Memory(0x36, 0), Code.Get(0), Code.Memory(0x28, 0), Code.Op(0x6A)));
        using var guest = new Guest(module, imports: store => new Imports().Add("env", "grow", Function.FromDelegate(store, (Caller caller) => { caller.GetMemory()!.Grow(100); })));
        guest.Get<Func<int, int>>()(90 * Page).ShouldBe(7);
    }

    [Fact]
    public void Memory_OfFourGiB_IsReachableToTheLastByte()
    {
        var module = new ModuleBuilder().Memory(0);
        module.Export("g", module.Function("i:i", "", Code.Get(0), Code.Op(0x40, 0)));
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.I32(5), Code.Memory(0x3A, 0), Code.Get(0), Code.Memory(0x2D, 0)));
        using var guest = new Guest(module, limits: new StoreLimits { MemoryBytes = 8L << 30 });
        Action act = () => guest.Get<Func<int, int>>()(0);
        act.ShouldTrap(TrapKind.MemoryOutOfBounds);
        guest.Get<Func<int, int>>("g")(65536).ShouldBe(0);
        guest.Get<Func<uint, int>>()(uint.MaxValue).ShouldBe(5);
        guest.Get<Func<int, int>>("g")(1).ShouldBe(-1);
        guest.Instance.GetMemory("memory").Read(uint.MaxValue, 1)[0].ShouldBe((byte)5);
    }

    private static Guest Loading(byte opcode, uint offset)
    {
        var module = new ModuleBuilder().Memory(1);
        module.Export("f", module.Function("i:i", "", Code.Get(0), Code.Memory(opcode, offset)));
        return new Guest(module);
    }
}
