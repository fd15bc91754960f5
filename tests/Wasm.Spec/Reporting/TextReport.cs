namespace ClawGrains.Wasm.Spec.Reporting;

/// <summary>A row per file with its first failures, then totals by command, then the totals.</summary>
internal static class TextReport
{
    private const int FailuresShown = 10;
    private const int NotesShown = 3;

    public static void WriteFile(TextWriter output, FileReport report)
    {
        output.WriteLine($"{Path.ChangeExtension(report.File, null),-56} {report.Passed,6} passed {report.Failed,4} failed "
            + $"{report.Skipped,5} skipped {report.Seconds,7:F2} s");
        foreach (var f in report.Failures.Take(FailuresShown))
            output.WriteLine($"  {report.Source}:{f.Line}: {f.Command}: {f.Reason}");
        if (report.Failures.Count > FailuresShown)
            output.WriteLine($"  and {report.Failures.Count - FailuresShown} more");
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
        output.WriteLine(Totals(reports));
    }

    public static string Totals(IReadOnlyCollection<FileReport> reports) =>
        $"{reports.Sum(r => r.Passed)} passed, {reports.Sum(r => r.Failed)} failed, {reports.Sum(r => r.Skipped)} skipped";
}
