using System.Text.RegularExpressions;

namespace ClawGrains.Architecture.Tests;

/// <summary>Every grain message and grain interface carries what a cluster of mixed versions needs.</summary>
public sealed partial class MessageTests
{
    private static string Interfaces => string.Join('\n', ProjectFile.All("src").Single(p => p.Name == "Interfaces").Sources().Select(File.ReadAllText));

    [Fact]
    public void Messages_AreSerializableAliasedAndImmutable()
    {
        var records = Record().Matches(Interfaces);
        records.Count.ShouldBeGreaterThan(8, "the scan found hardly any message");
        records.Where(r => !r.Groups[1].Value.Contains("GenerateSerializer, Immutable, Alias(", StringComparison.Ordinal))
            .Select(r => r.Groups[2].Value).ShouldBeEmpty();
    }

    [Fact]
    public void Members_OfMessages_HaveIds()
    {
        var properties = Property().Matches(Interfaces);
        properties.Count.ShouldBeGreaterThan(20);
        properties.Where(p => !p.Groups[1].Success).Select(p => p.Value.Trim()).ShouldBeEmpty();
    }

    [Fact]
    public void Aliases_AreUnique()
    {
        var aliases = TypeAlias().Matches(Interfaces).Select(m => m.Groups[1].Value).ToArray();
        aliases.ShouldBe(aliases.Distinct());
    }

    [GeneratedRegex(@"((?:^\[[^\n]*\]\n)?)public sealed record (\w+)", RegexOptions.Multiline)]
    private static partial Regex Record();

    [GeneratedRegex(@"(\[Id\(\d+\)\]\n)?    public (?!const|static)[^\n(]* \{ get; init; \}")]
    private static partial Regex Property();

    [GeneratedRegex(@"Alias\(""(clawgrains\.[^""]+)""\)")]
    private static partial Regex TypeAlias();
}
