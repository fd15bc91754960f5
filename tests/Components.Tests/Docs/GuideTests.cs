namespace ClawGrains.Components.Tests.Docs;

/// <summary>Holds every example of the guide to one that is compiled and run.</summary>
public sealed class GuideTests
{
    [Fact]
    public void Example_OfTheGuide_IsOneOfGuideExamples()
    {
        var code = Lines(File.ReadAllLines(InRepository("tests/Components.Tests/Docs/GuideExamples.cs")));
        var examples = Examples(File.ReadAllLines(InRepository("docs/components.md"))).ToArray();
        examples.Length.ShouldBeGreaterThan(8, "the guide has hardly any example");
        examples.Where(e => !code.Contains(Lines(e), StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // One line for each of the source's, without its indentation.
    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => l.Trim() + "\n"));

    private static IEnumerable<string[]> Examples(string[] document)
    {
        for (var i = 0; i < document.Length; i++)
            if (document[i] == "```csharp") yield return [.. document.Skip(i + 1).TakeWhile(l => l != "```")];
    }

    private static string InRepository(string path) => Path.Combine(TestData.Repository, path);
}
