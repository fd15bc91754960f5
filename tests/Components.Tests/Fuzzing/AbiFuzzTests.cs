using ClawGrains.Fuzz;
using ClawGrains.Fuzz.Components.Abi;

namespace ClawGrains.Components.Tests.Fuzzing;

public sealed class AbiFuzzTests
{
    [Fact]
    public void Abi_OfGeneratedTypesAndValues_IsTheDocuments()
    {
        var result = new AbiTarget().Run(new FuzzOptions { Count = 400 });
        result.Findings.Select(f => $"seed {f.Seed}: {f.What}").ShouldBeEmpty();
        result.Inputs.ShouldBe(400);
    }
}
