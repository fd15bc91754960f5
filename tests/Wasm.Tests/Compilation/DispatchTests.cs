using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

/// <summary>Loops that begin with a <c>br_table</c>, whose head is copied to the ends of its cases.</summary>
public class DispatchTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void Head_ThatKeepsAValueBelowItsBlocks_KeepsTheOneOfTheLastTurn(bool metered)
    {
        using var guest = new Guest(Interpreter(), new EngineOptions { Metering = metered });
        if (metered) guest.Store.Fuel = 1000;
        guest.Get<Func<int, int>>()(7).ShouldBe(6 * (7 + 5));
        if (metered) guest.Store.Fuel.ShouldBe(1000 - 33);
    }

    // Local 1 is the accumulator, local 2 the next case: add 5, times 3, nothing; then the head's accumulator plus this one.
    private static ModuleBuilder Interpreter()
    {
        var module = new ModuleBuilder();
        var cases = Code.Block(0x40, Code.Block(0x40, Code.Block(0x40, Code.Block(0x40,
            Code.Get(2), Code.Op(0x0E, 4, 0, 1, 2, 3, 3)),
            Code.Get(1), Code.I32(5), Code.Op(0x6A), Code.Set(1), Code.I32(1), Code.Set(2), Code.Op(0x0C, 3)),
            Code.Get(1), Code.I32(3), Code.Op(0x6C), Code.Set(1), Code.I32(2), Code.Set(2), Code.Op(0x0C, 2)),
            Code.I32(3), Code.Set(2), Code.Op(0x0C, 1));
        module.Export("f", module.Function("i:i", "ii",
            Code.Get(0), Code.Set(1), Code.Op(0x03, 0x7F), Code.Get(1), cases, Code.Get(1), Code.Op(0x6A, 0x0B)));
        return module;
    }
}
