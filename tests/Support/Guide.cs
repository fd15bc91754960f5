using Shouldly;

namespace ClawGrains.Support;

/// <summary>Holds the C# examples of a document to code that is compiled and run.</summary>
public static class Guide
{
    /// <summary>Fails where an example does not stand in the code, but for indentation. Paths are from the repository's root.</summary>
    public static void ShouldHoldOnlyExamplesOf(string document, string code, int atLeast)
    {
        var compiled = Lines(File.ReadAllLines(Path.Combine(TestData.Repository, code)));
        var examples = Examples(File.ReadAllLines(Path.Combine(TestData.Repository, document))).ToArray();
        examples.Length.ShouldBeGreaterThanOrEqualTo(atLeast, $"{document} has hardly any example");
        examples.Where(e => !compiled.Contains(Lines(e), StringComparison.Ordinal)).ShouldBeEmpty();
    }

    // One line for each of the source's, without its indentation.
    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => l.Trim() + "\n"));

    private static IEnumerable<string[]> Examples(string[] document)
    {
        for (var i = 0; i < document.Length; i++)
            if (document[i] == "```csharp") yield return [.. document.Skip(i + 1).TakeWhile(l => l != "```")];
    }
}
