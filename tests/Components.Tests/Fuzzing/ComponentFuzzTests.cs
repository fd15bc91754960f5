using ClawGrains.Fuzz;
using ClawGrains.Fuzz.Components;

namespace ClawGrains.Components.Tests.Fuzzing;

public sealed class ComponentFuzzTests
{
    [Fact]
    public void Components_DamagedInManyWays_AreRefusedOrRun()
    {
        var result = new ComponentTarget().Run(new FuzzOptions { Count = 1500 });
        result.Findings.Select(f => $"seed {f.Seed}: {f.What}").ShouldBeEmpty();
        result.Inputs.ShouldBe(1500);
    }
}
