using ClawGrains.Fuzz;
using ClawGrains.Fuzz.Wasm.Decoding;
using ClawGrains.Fuzz.Wasm.Differential;
using ClawGrains.Fuzz.Wasm.Generation;

namespace ClawGrains.Wasm.Spec.Tests.Fuzzing;

/// <summary>A few seconds of each target; the long runs are made by command (tests/Fuzz).</summary>
public sealed class FuzzTests
{
    [Fact]
    public void GeneratedModules_InEveryMode_DoTheSame() => Expect(new ModesTarget(), 25);

    [Fact]
    public void GeneratedModules_WithExceptionsAndTwoMemories_DoTheSameInEveryMode() => Expect(new ModesTarget(ModuleKind.Extended), 25);

    [Fact]
    public void GeneratedModules_WithLoopsAtTheEdges_DoTheSameHotAndCold() => Expect(new ModesTarget(ModuleKind.Loops), 25);

    [Fact]
    public void DamagedModules_Decoded_AreRefusedWithTypedExceptions() => Expect(new DecodeTarget(), 3000);

    [ProgramFact("node")]
    public void GeneratedModules_InV8_DoTheSame() => Expect(new NodeTarget(Programs.Find("node")!), 60);

    [ProgramFact("node")]
    public void GeneratedModules_WithLoopsAtTheEdges_DoTheSameInV8() => Expect(new NodeTarget(Programs.Find("node")!, hasLoops: true), 60);

    /// <summary>Found by longer runs: tests of rotations, and a loop that moved to another body.</summary>
    [ProgramFact("node")]
    public void ModulesThatWentWrong_InV8_DoTheSame()
    {
        foreach (var seed in new ulong[] { 56, 96, 106, 110, 197, 2014456, 31002090 })
            new NodeTarget(Programs.Find("node")!).Run(new FuzzOptions { Seed = seed, Count = 1 }).Findings.Select(f => f.What).ShouldBeEmpty($"seed {seed}");
    }

    [ProgramFact("node")]
    public void DamagedModules_InV8_HaveTheSameVerdict() => Expect(new NodeValidateTarget(Programs.Find("node")!), 1000);

    [Fact]
    public void ModuleGenerator_OfOneSeed_WritesTheSameBytes() =>
        new ModuleGenerator(7).Generate().Bytes.ShouldBe(new ModuleGenerator(7).Generate().Bytes);

    private static void Expect(FuzzTarget target, int count)
    {
        var result = target.Run(new FuzzOptions { Seed = 1, Count = count });
        result.Inputs.ShouldBe(count);
        result.Findings.Select(f => $"seed {f.Seed}: {f.What}").ShouldBeEmpty();
    }
}
