using System.Runtime.InteropServices;
using ClawGrains.Wasm.Compilation;
using ClawGrains.Wasm.Tests.Building;

namespace ClawGrains.Wasm.Tests.Compilation;

/// <summary>Short loops lie in as few lines of 64 bytes as they can, wherever the JIT puts a method.</summary>
public class LoopPlacementTests
{
    [Theory]
    [InlineData("C3", 1), InlineData("CC", 1), InlineData("4155", 2), InlineData("EB05", 2), InlineData("E900000000", 5), InlineData("0F8F00000000", 6)]
    [InlineData("4489C8", 3), InlineData("41C644050001", 6), InlineData("837F6400", 4), InlineData("83BB0001000000", 7), InlineData("488B0500000000", 7)]
    [InlineData("8D8400000400 00", 7), InlineData("8D0CC500440000", 7), InlineData("48B81DDDC69149F44525", 10), InlineData("B901000000", 5)]
    [InlineData("66C7450001 00", 6), InlineData("4869C000010000", 7), InlineData("6BC003", 3), InlineData("F7D8", 2), InlineData("F6C101", 3), InlineData("F7C100000100", 6)]
    [InlineData("0FB6C0", 3), InlineData("0F94C0", 3), InlineData("0FBAE003", 4), InlineData("F3480FB8C1", 5), InlineData("C4E2F2F7C0", 5), InlineData("C4E37BF0C015", 6)]
    [InlineData("C5FB1000", 4), InlineData("C5F877", 3), InlineData("C5F970C01B", 5), InlineData("C4E279588600010000", 9), InlineData("C4E3790AC103", 6)]
    [InlineData("62F17D4868C1", 6), InlineData("62F37D4825C1FF", 7), InlineData("06", 0), InlineData("D500", 0), InlineData("0F04", 0)]
    public void Length_OfAnInstruction_IsWhereTheNextOneBegins(string bytes, int length)
    {
        var code = new byte[16];
        Convert.FromHexString(bytes.Replace(" ", "")).CopyTo(code, 0);
        MachineInstruction.Length(code).ShouldBe(length);
    }

    [Fact]
    public void Find_LoopInALoop_TellsBothAndThatTheInnerRunsMoreOften()
    {
        // 0: xor eax, eax; 2: xor ecx, ecx; 4: inc ecx; 6: cmp ecx, edx; 8: jb 4; 10: inc eax; 12: cmp eax, edx; 14: jb near 2; 20: ret; 21: int3
        LoopPlacement.Find(Convert.FromHexString("31C031C9FFC139D172FAFFC039D00F82EEFFFFFFC3CC")).ShouldBe([(4, 10, 8), (2, 20, 1)]);
    }

    [Fact]
    public void Find_CodeItDoesNotKnow_TellsOfNoLoop()
    {
        LoopPlacement.Find(Convert.FromHexString("FFC172FC06CC")).ShouldBeEmpty();
    }

    // Behind the end there is nothing that could be read. inc ecx; jb 0; then: ret / tail calls / a jump back / a branch over the first return.
    [Theory, InlineData("FFC172FCC3"), InlineData("FFC172FCFFE0"), InlineData("FFC172FC48FFE0"), InlineData("FFC172FCEBFA"), InlineData("FFC172FC7201C3C3")]
    public void Find_MethodWithoutABreakpoint_ReadsItToItsEndAndNoFurther(string bytes) =>
        LoopPlacement.Find(Convert.FromHexString(bytes))[0].ShouldBe((0, 4, 1));

    [Theory, InlineData(false), InlineData(true)]
    public void Code_OfAShortLoop_LiesWhereItNeedNotMove(bool metered)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) return;
        var misplaced = 0;
        const int copies = 20;
        for (var i = 0; i < copies; i++)
        {
            using var guest = new Guest(Countdown(i), new EngineOptions { Metering = metered });
            if (metered) guest.Store.Fuel = 1_000_000;
            guest.Get<Func<int, int>>()(100).ShouldBe(100 * (i + 1));
            if (metered) guest.Store.Fuel.ShouldBe(1_000_000 - (100 * (9 + (4 * i))) - 1);
            var code = guest.Instance.Code.Compile(0);
            LoopPlacement.Find(code).ShouldNotBeEmpty();
            if (LoopPlacement.IsBetterMoved(code)) misplaced++;
        }
        // Where the runtime puts what is compiled again is its own affair.
        misplaced.ShouldBeLessThan(copies / 4);
    }

    // Adds to local 1 once a turn and once more for each of some copies, which make the loop's code longer.
    private static ModuleBuilder Countdown(int copies)
    {
        byte[] add = [.. Code.Get(1), .. Code.I32(1), .. Code.Op(0x6A), .. Code.Set(1)];
        var module = new ModuleBuilder();
        module.Export("f", module.Function("i:i", "i",
            Code.Op(0x03, 0x40), Code.Of([.. Enumerable.Repeat(add, copies + 1)]),
            Code.Get(0), Code.I32(1), Code.Op(0x6B), Code.Op(0x22, 0), Code.Op(0x0D, 0, 0x0B), Code.Get(1)));
        return module;
    }
}
