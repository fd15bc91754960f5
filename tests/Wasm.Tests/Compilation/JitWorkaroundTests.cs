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
}
