using System.Collections.Immutable;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Scanning;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Grains.Approvals;

/// <summary>Scans the texts and scripts of a skill for known patterns of attack. What can't be scanned is said, never passed over.</summary>
internal static class SkillScan
{
    private const long MaxText = 2 << 20;
    private const int MaxFindings = 200;

    /// <summary>The findings, the gravest first.</summary>
    public static ImmutableArray<ReviewFinding> Scan(string directory, ScanPolicy policy)
    {
        var findings = SkillFiles.Enumerate(directory).SelectMany(f => Scan(f, policy)).OrderByDescending(f => f.Severity).Take(MaxFindings + 1).ToArray();
        return findings.Length > MaxFindings
            ? [.. findings.Take(MaxFindings).Select(f => Finding(f, policy)), Finding(new(ScanSeverity.Warning, "more-findings", "", 0, $"more than {MaxFindings} findings; the rest is not listed"), policy)]
            : [.. findings.Select(f => Finding(f, policy))];
    }

    private static IEnumerable<ScanFinding> Scan(SkillFileEntry file, ScanPolicy policy)
    {
        if (file.RelativePath.EndsWith(".wasm", StringComparison.OrdinalIgnoreCase)) return [];
        if (file.Length > MaxText) return [new(ScanSeverity.Warning, "not-scanned", file.RelativePath, 0, $"has {file.Length} bytes and was not scanned")];
        var bytes = File.ReadAllBytes(file.FullPath);
        if (IsProgram(bytes)) return [new(ScanSeverity.Warning, "native-program", file.RelativePath, 0, "is a native program, whose code can't be scanned")];
        return InstallScan.ScanFile(file.RelativePath, bytes, policy);
    }

    // ELF, Mach-O (both orders, and universal) and PE.
    private static bool IsProgram(ReadOnlySpan<byte> start) =>
        start is [0x7f, 0x45, 0x4c, 0x46, ..] || start.StartsWith("MZ"u8) || start is [0xcf or 0xce, 0xfa, 0xed, 0xfe, ..] or [0xfe, 0xed, 0xfa, 0xce or 0xcf, ..] or [0xca, 0xfe, 0xba, 0xbe, ..];

    // What refuses is critical here, whatever the policy calls it.
    private static ReviewFinding Finding(ScanFinding finding, ScanPolicy policy) => new()
    {
        Severity = finding.Severity >= policy.RefuseFrom ? ReviewFinding.Critical : finding.Severity == ScanSeverity.Info ? "info" : "warning",
        Rule = finding.Rule,
        File = finding.File,
        Line = finding.Line,
        Message = finding.Message,
    };
}
