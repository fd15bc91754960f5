using System.Globalization;
using ClawGrains.Client.Output;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Installing;

/// <summary>Shows a person what a skill is and asks for.</summary>
internal static class ReviewText
{
    private const int ShownItems = 40;

    public static void Write(SkillReview review, TextWriter output)
    {
        output.WriteLine($"{Terminal.Bold(Terminal.Plain(review.Name))}{(review.Version is null ? "" : $" {Terminal.Plain(review.Version)}")}");
        output.WriteLine($"  {Terminal.Plain(review.Description)}");
        Row(output, "from", $"{review.Source.Location}{(review.Source.Revision is null ? "" : $" ({review.Source.Revision})")}");
        Row(output, "content", string.Create(CultureInfo.InvariantCulture, $"{review.Files} {(review.Files == 1 ? "file" : "files")}, {review.Bytes:N0} bytes, sha256 {review.Sha256[..12]}"));
        WriteAsks(review, output);
        foreach (var hint in review.InstallHints) Row(output, "install", $"{hint}  (never run for you)");
        foreach (var finding in review.Findings.Take(ShownItems)) output.WriteLine($"  {Severity(finding)} {Where(finding)}: {Terminal.Plain(finding.Message)} ({finding.Rule})");
        foreach (var warning in review.Warnings) Row(output, "note", warning);
        if (review.Replaces is { } old) WriteUpgrade(review, old, output);
        foreach (var reason in review.ApprovalReasons) output.WriteLine($"  {Terminal.Yellow("needs approval")}: {Terminal.Plain(reason)}");
    }

    /// <summary>What changed of an installed skill: permissions first, then files, then texts.</summary>
    private static void WriteUpgrade(SkillReview review, ReviewUpgrade old, TextWriter output)
    {
        Row(output, "replaces", $"{old.Version ?? "the installed one"}, sha256 {old.Sha256[..12]}");
        foreach (var added in review.Growth) output.WriteLine($"  {Terminal.Red("+ asks for")} {Terminal.Plain(added)}");
        foreach (var dropped in review.Dropped) output.WriteLine($"  {Terminal.Green("- no longer asks for")} {Terminal.Plain(dropped)}");
        if (review.Growth.IsEmpty && review.Dropped.IsEmpty) output.WriteLine("  permissions are the same");
        foreach (var file in old.Files.Take(ShownItems)) Row(output, "file", file);
        foreach (var line in old.Diff.Split('\n')) output.WriteLine("  " + Coloured(line));
    }

    private static void WriteAsks(SkillReview review, TextWriter output)
    {
        if (review.Asks.IsEmpty) Row(output, "asks for", "nothing");
        foreach (var kind in review.Asks.GroupBy(a => a.Kind))
        {
            var text = $"{kind.Key}: {string.Join(", ", kind.Take(ShownItems).Select(a => a.Value))}{(kind.Count() > ShownItems ? $" and {kind.Count() - ShownItems} more" : "")}";
            Row(output, "asks for", text);
        }
    }

    private static string Severity(ReviewFinding finding) => finding.Severity switch
    {
        ReviewFinding.Critical => Terminal.Red("critical"),
        "warning" => Terminal.Yellow("warning "),
        _ => Terminal.Dim("info    "),
    };

    private static string Where(ReviewFinding finding) => $"{Terminal.Plain(finding.File)}{(finding.Line > 0 ? $":{finding.Line}" : "")}";

    private static string Coloured(string line)
    {
        var text = Terminal.Plain(line);
        return line.StartsWith('+') ? Terminal.Green(text) : line.StartsWith('-') ? Terminal.Red(text) : Terminal.Dim(text);
    }

    private static void Row(TextWriter output, string label, string value) => output.WriteLine($"  {Terminal.Dim(label.PadRight(9))} {Terminal.Plain(value)}");
}
