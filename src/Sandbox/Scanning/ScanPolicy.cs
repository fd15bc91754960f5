using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>What is looked for before an install, and what refuses it.</summary>
public sealed record ScanPolicy
{
    /// <summary>The rules that come with the product; critical findings refuse unless forced.</summary>
    public static ScanPolicy Default { get; } = new();

    /// <summary>The patterns. Default: those of the product.</summary>
    public ImmutableArray<ScanRule> Rules { get; init; } = KnownRules.Patterns;

    /// <summary>Other severities for rules by name, null for none at all. Default empty.</summary>
    public ImmutableDictionary<string, ScanSeverity?> Severities { get; init; } = ImmutableDictionary<string, ScanSeverity?>.Empty;

    /// <summary>The least severity that refuses. Default <see cref="ScanSeverity.Critical"/>.</summary>
    public ScanSeverity RefuseFrom { get; init; } = ScanSeverity.Critical;

    /// <summary>Whether a person may install in spite of findings. Default true.</summary>
    public bool MayForce { get; init; } = true;

    /// <summary>The finding that refuses an install; null where none does.</summary>
    public ScanFinding? Refusal(IEnumerable<ScanFinding> findings, bool force) =>
        force && MayForce ? null : findings.Where(f => f.Severity >= RefuseFrom).MaxBy(f => f.Severity);

    internal ScanSeverity? SeverityOf(string rule, ScanSeverity usual) => Severities.TryGetValue(rule, out var other) ? other : usual;
}
