namespace ClawGrains.Wasm.Tests.Docs;

public sealed class GuideTests
{
    [Fact]
    public void Example_OfTheGuide_IsOneOfGuideExamples() =>
        Guide.ShouldHoldOnlyExamplesOf("docs/wasm.md", "tests/Wasm.Tests/Docs/GuideExamples.cs", atLeast: 7);
}
