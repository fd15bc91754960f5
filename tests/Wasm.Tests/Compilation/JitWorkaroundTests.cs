using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

/// <summary>Where the JIT is known to go wrong without help.</summary>
public class JitWorkaroundTests
{
    [Theory, InlineData(0x77), InlineData(0x78)]
    public void Rotation_ComparedWithZero_IsCompared(byte rotation)
    {
        // if (rot(local1, 31)) 1 else 0, where the flags before it say otherwise.
        var module = new ModuleBuilder();
        module.Global('i', true, Code.I32(5));
        module.Export("f", module.Function("ii:i", "",
            Code.Op(0x23, 0), Code.I32(1), Code.Op(0x6B, 0x24, 0),
            Code.Get(1), Code.I32(-1), Code.Op(rotation), Code.Op(0x04, 0x7F), Code.I32(1), Code.Op(0x05), Code.I32(0), Code.Op(0x0B)));
        using var guest = new Guest(module);
        var f = guest.Get<Func<int, int, int>>();
        f(0, 0).ShouldBe(0);
        f(0, 2).ShouldBe(1);
    }

    [Theory, InlineData(0x36, 0x2D), InlineData(0x3A, 0x2C), InlineData(0x3A, 0x2D), InlineData(0x36, 0x2F), InlineData(0x3B, 0x2E), InlineData(0x3B, 0x2F)]
    public void Rotation_ThroughMemory_IsComparedInTheWidthOfTheLoad(byte store, byte load)
    {
        // memory[local0] = rotl(local1, 31); memory[local0] ? 1 : 0, where the flags before it say otherwise.
        var module = new ModuleBuilder().Memory(1);
        module.Global('i', true, Code.I32(5));
        module.Export("f", module.Function("ii:i", "",
            Code.Op(0x23, 0), Code.I32(1), Code.Op(0x6B, 0x24, 0),
            Code.Get(0), Code.Get(1), Code.I32(-1), Code.Op(0x77), Code.Memory(store, 0),
            Code.Get(0), Code.Memory(load, 0), Code.Op(0x04, 0x7F), Code.I32(1), Code.Op(0x05), Code.I32(0), Code.Op(0x0B)));
        using var guest = new Guest(module);
        var f = guest.Get<Func<int, int, int>>();
        f(8, 0).ShouldBe(0);
        f(8, 2).ShouldBe(1);
        f(8, 1 << 17).ShouldBe(0);
    }

    [Fact]
    public void SignallingNaN_OfBitsTheCompilerKnows_StaysSignalling()
    {
        const int signalling = 0x7FBFFFFF;
        var module = new ModuleBuilder();
        module.Export("constant", module.Function(":i", "", Code.I32(signalling), Code.Op(0xBE, 0xBC)));
        module.Export("local", module.Function(":i", "i", Code.I32(signalling), Code.Op(0x21, 0), Code.Get(0), Code.Op(0x67, 0x1A), Code.Get(0), Code.I32(0), Code.Op(0x6A, 0xBE, 0xBC)));
        module.Export("negated", module.Function(":i", "", Code.I32(signalling), Code.Op(0xBE, 0x8C, 0xBC)));
        using var guest = new Guest(module);
        guest.Get<Func<int>>("constant")().ShouldBe(signalling);
        guest.Get<Func<int>>("local")().ShouldBe(signalling);
        guest.Get<Func<int>>("negated")().ShouldBe(signalling | int.MinValue);
    }

    [Fact]
    public void SignallingNaN_OfVectorsTheCompilerKnows_StaysSignalling()
    {
        const int signalling = 0x7FBFFFFF;
        var lanes = Enumerable.Repeat(BitConverter.GetBytes(signalling), 4).SelectMany(b => b).ToArray();
        var module = new ModuleBuilder();
        module.Export("constant", module.Function(":i", "", Code.Op([0xFD, 0x0C, .. lanes]), Code.Op(0xFD, 0x1F, 1), Code.Op(0xBC)));
        module.Export("splat", module.Function(":i", "", Code.I32(signalling), Code.Op(0xFD, 0x11), Code.Op(0xFD, 0x1F, 3), Code.Op(0xBC)));
        using var guest = new Guest(module);
        guest.Get<Func<int>>("constant")().ShouldBe(signalling);
        guest.Get<Func<int>>("splat")().ShouldBe(signalling);
    }
}
