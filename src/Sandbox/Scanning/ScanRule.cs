using System.Text.RegularExpressions;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>How grave a finding is.</summary>
public enum ScanSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Worth reading before approval.</summary>
    Warning,

    /// <summary>Refuses the install unless forced.</summary>
    Critical,
}

/// <summary>Something that a scan found.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="Rule">A stable name of the rule.</param>
/// <param name="File">The file inside the package.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Message">What it means.</param>
public sealed record ScanFinding(ScanSeverity Severity, string Rule, string File, int Line, string Message);

/// <summary>A pattern that is looked for in skill texts, manifests and the strings of components.</summary>
public sealed class ScanRule
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private readonly Lazy<Regex> _pattern;

    /// <param name="name">A stable name.</param>
    /// <param name="severity">How grave a match is.</param>
    /// <param name="pattern">A regular expression without look-around and back-references: matching takes linear time.</param>
    /// <param name="message">What a match means.</param>
    /// <exception cref="ArgumentException">The pattern is no such expression.</exception>
    public ScanRule(string name, ScanSeverity severity, string pattern, string message)
        : this(name, severity, message, Compiled(pattern))
    {
        try
        {
            _ = _pattern.Value;
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException($"'{pattern}' uses look-around, back-references or atomic groups, which would let a text stall the scan", nameof(pattern), e);
        }
    }

    private ScanRule(string name, ScanSeverity severity, string message, Lazy<Regex> pattern) =>
        (Name, Severity, Message, _pattern) = (name, severity, message, pattern);

    /// <summary>A stable name.</summary>
    public string Name { get; }

    /// <summary>How grave a match is.</summary>
    public ScanSeverity Severity { get; }

    /// <summary>What a match means.</summary>
    public string Message { get; }

    /// <summary>Whether the text holds the pattern.</summary>
    public bool Matches(ReadOnlySpan<char> text) => _pattern.Value.IsMatch(text);

    // Making the automata of all takes longer than listing the skills, and most processes scan nothing.
    internal static ScanRule BuiltIn(string name, ScanSeverity severity, string pattern, string message) =>
        new(name, severity, message, Compiled(pattern));

    private static Lazy<Regex> Compiled(string pattern) => new(() => new Regex(pattern, Options));
}
