using System.Text.Json;

namespace ClawGrains.Components.Spec;

internal enum Verdict { Passed, Failed, Skipped }

/// <summary>How one command ended; the reason is empty for a pass.</summary>
internal sealed record Outcome(string Command, int Line, Verdict Verdict, string Reason = "");

/// <summary>What became of one script.</summary>
internal sealed record FileReport(string File, string Source)
{
    public int Passed { get; set; }
    public int Failed { get; set; }
    public int Skipped { get; set; }
    public double Seconds { get; set; }
    public List<Outcome> Failures { get; } = [];
    public SortedDictionary<string, int> Skips { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, int> PassedByKind { get; } = new(StringComparer.Ordinal);

    /// <summary>Rejections that were right but in other words than the script's.</summary>
    public List<string> Notes { get; } = [];

    public void Add(Outcome outcome)
    {
        switch (outcome.Verdict)
        {
            case Verdict.Passed:
                Passed++;
                PassedByKind[outcome.Command] = PassedByKind.GetValueOrDefault(outcome.Command) + 1;
                break;
            case Verdict.Skipped:
                Skipped++;
                Skips[outcome.Reason] = Skips.GetValueOrDefault(outcome.Reason) + 1;
                break;
            default:
                Failed++;
                Failures.Add(outcome);
                break;
        }
    }
}

/// <summary>A row per file with its first failures, then totals by command, then the totals.</summary>
internal static class TextReport
{
    private const int FailuresShown = 10;
    private const int NotesShown = 3;
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void WriteFile(TextWriter output, FileReport report)
    {
        output.WriteLine($"{Path.ChangeExtension(report.File, null),-56} {report.Passed,6} passed {report.Failed,4} failed "
            + $"{report.Skipped,5} skipped {report.Seconds,7:F2} s");
        foreach (var f in report.Failures.Take(FailuresShown)) output.WriteLine($"  {report.Source}:{f.Line}: {f.Command}: {f.Reason}");
        if (report.Failures.Count > FailuresShown) output.WriteLine($"  and {report.Failures.Count - FailuresShown} more");
        foreach (var (reason, count) in report.Skips) output.WriteLine($"  skipped {count}: {reason}");
        foreach (var note in report.Notes.Take(NotesShown)) output.WriteLine($"  note: {note}");
        if (report.Notes.Count > NotesShown) output.WriteLine($"  and {report.Notes.Count - NotesShown} notes more");
    }

    public static void WriteTotals(TextWriter output, IReadOnlyCollection<FileReport> reports)
    {
        output.WriteLine();
        foreach (var kind in reports.SelectMany(r => r.PassedByKind).GroupBy(p => p.Key, p => p.Value).OrderBy(g => g.Key))
            output.WriteLine($"{kind.Key,-28} {kind.Sum(),6} passed");
        foreach (var kind in reports.SelectMany(r => r.Failures).GroupBy(f => f.Command).OrderBy(g => g.Key))
            output.WriteLine($"{kind.Key,-28} {kind.Count(),6} failed");
        foreach (var why in reports.SelectMany(r => r.Skips).GroupBy(p => p.Key, p => p.Value).OrderBy(g => g.Key))
            output.WriteLine($"{"skipped",-28} {why.Sum(),6}: {why.Key}");
        output.WriteLine($"{reports.Count} files");
        output.WriteLine($"{reports.Sum(r => r.Passed)} passed, {reports.Sum(r => r.Failed)} failed, {reports.Sum(r => r.Skipped)} skipped");
    }

    public static string Json(IReadOnlyCollection<FileReport> reports) => JsonSerializer.Serialize(
        new { Passed = reports.Sum(r => r.Passed), Failed = reports.Sum(r => r.Failed), Skipped = reports.Sum(r => r.Skipped), Files = reports }, Format);
}

internal static class ScriptFinder
{
    /// <summary>The JSON scripts below a folder whose name or relative path matches, in order.</summary>
    public static IReadOnlyList<(string Path, string Name)> Find(string path, string filter)
    {
        if (File.Exists(path)) return [(path, Path.GetFileName(path))];
        bool Matches(string name) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(filter, name);
        return [.. Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories)
            .Select(f => (Path: f, Name: Path.GetRelativePath(path, f)))
            .Where(f => Matches(f.Name) || Matches(Path.GetFileName(f.Name)) || Matches(Path.GetFileNameWithoutExtension(f.Name)))
            .OrderBy(f => f.Name, StringComparer.Ordinal)];
    }
}
