namespace ClawGrains.Components.Tests.Docs;

/// <summary>Holds every example of the guide to one that is compiled and run.</summary>
public sealed class GuideTests
{
    [Fact]
    public void Example_OfTheGuide_IsOneOfGuideExamples() =>
        Guide.ShouldHoldOnlyExamplesOf("docs/components.md", "tests/Components.Tests/Docs/GuideExamples.cs", atLeast: 9);
}
