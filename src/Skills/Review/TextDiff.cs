using System.Globalization;
using System.Text;

namespace ClawGrains.Skills.Review;

/// <summary>Two texts as a unified diff with three lines around each change.</summary>
public static class TextDiff
{
    private const int Around = 3;

    /// <summary>The diff, ending in a line break; empty where the texts are the same.</summary>
    /// <param name="name">The file's name for the heading.</param>
    /// <param name="old">The text before; null where there was none.</param>
    /// <param name="now">The text after; null where there is none any more.</param>
    public static string Unified(string name, string? old, string? now)
    {
        if (old == now) return "";
        var lines = LineDiff.Compare(Lines(old), Lines(now));
        var text = new StringBuilder();
        text.Append("--- ").Append(old is null ? "/dev/null" : "old/" + name).Append('\n');
        text.Append("+++ ").Append(now is null ? "/dev/null" : "new/" + name).Append('\n');
        foreach (var (from, to) in Hunks(lines)) Append(text, lines, from, to);
        return text.ToString();
    }

    private static string[] Lines(string? text)
    {
        if (string.IsNullOrEmpty(text)) return [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }

    private static IEnumerable<(int From, int To)> Hunks(List<DiffLine> lines)
    {
        var from = -1;
        var to = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Sign == ' ') continue;
            if (from >= 0 && i - Around > to)
            {
                yield return (from, to);
                from = -1;
            }
            if (from < 0) from = Math.Max(0, i - Around);
            to = Math.Min(lines.Count, i + Around + 1);
        }
        if (from >= 0) yield return (from, to);
    }

    private static void Append(StringBuilder text, List<DiffLine> lines, int from, int to)
    {
        var hunk = lines.GetRange(from, to - from);
        var (oldCount, nowCount) = (hunk.Count(l => l.Sign != '+'), hunk.Count(l => l.Sign != '-'));
        var (oldStart, nowStart) = (lines.Take(from).Count(l => l.Sign != '+'), lines.Take(from).Count(l => l.Sign != '-'));
        text.Append(CultureInfo.InvariantCulture, $"@@ -{Range(oldStart, oldCount)} +{Range(nowStart, nowCount)} @@\n");
        foreach (var line in hunk) text.Append(line.Sign).Append(line.Text).Append('\n');
    }

    // An empty range is named by the line before it (POSIX diff, "Diff -u Output Format").
    private static string Range(int start, int count) => count == 1
        ? (start + 1).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");
}
