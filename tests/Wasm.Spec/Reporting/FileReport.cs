namespace ClawGrains.Wasm.Spec.Reporting;

/// <summary>How one command ended.</summary>
internal enum Verdict { Passed, Failed, Skipped }

/// <summary>One command's end.</summary>
/// <param name="Reason">Why it failed or was skipped; empty for a pass.</param>
internal sealed record Outcome(string Command, int Line, Verdict Verdict, string Reason = "");

/// <summary>What became of one script.</summary>
/// <param name="File">The script's path below the folder that was asked for.</param>
/// <param name="Source">The <c>.wast</c> file's name.</param>
internal sealed record FileReport(string File, string Source)
{
    public int Passed { get; set; }
    public int Failed { get; set; }
    public int Skipped { get; set; }
    public double Seconds { get; set; }

    /// <summary>All failures, in the script's order.</summary>
    public List<Outcome> Failures { get; init; } = [];

    /// <summary>How often each reason for skipping occurred.</summary>
    public SortedDictionary<string, int> Skips { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Passed commands by kind.</summary>
    public SortedDictionary<string, int> PassedByKind { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Rejections that were right but in other words than the script's.</summary>
    public List<string> Notes { get; init; } = [];

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

    /// <summary>A script that could not be run at all counts as one failure.</summary>
    public static FileReport Broken(string file, string reason)
    {
        var report = new FileReport(file, Path.GetFileName(Path.ChangeExtension(file, ".wast")));
        report.Add(new Outcome("script", 0, Verdict.Failed, reason));
        return report;
    }
}
