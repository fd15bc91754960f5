namespace ClawGrains.Skills.Review;

/// <summary>One line of a comparison.</summary>
/// <param name="Sign">A space where both have it, <c>-</c> where only the old text does, <c>+</c> where only the new one does.</param>
/// <param name="Text">The line.</param>
internal readonly record struct DiffLine(char Sign, string Text);

/// <summary>Compares two texts line by line by their longest common subsequence.</summary>
internal static class LineDiff
{
    // The table has this many cells at most (4 bytes each); beyond, the middle is shown as replaced.
    private const long MaxCells = 4_000_000;

    public static List<DiffLine> Compare(string[] old, string[] now)
    {
        var start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start]) start++;
        var end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)]) end++;
        var lines = new List<DiffLine>(old[..start].Select(l => new DiffLine(' ', l)));
        AddMiddle(lines, old[start..^end], now[start..^end]);
        lines.AddRange(old[^end..].Select(l => new DiffLine(' ', l)));
        return lines;
    }

    private static void AddMiddle(List<DiffLine> lines, string[] old, string[] now)
    {
        if ((long)(old.Length + 1) * (now.Length + 1) > MaxCells)
        {
            lines.AddRange(old.Select(l => new DiffLine('-', l)));
            lines.AddRange(now.Select(l => new DiffLine('+', l)));
            return;
        }
        var common = Lengths(old, now);
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
            if (i < old.Length && j < now.Length && old[i] == now[j]) (lines, i, j) = (With(lines, ' ', old[i]), i + 1, j + 1);
            else if (j >= now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1])) With(lines, '-', old[i++]);
            else With(lines, '+', now[j++]);
    }

    // common[i, j]: how many lines old[i..] and now[j..] have in common, in order.
    private static int[,] Lengths(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }

    private static List<DiffLine> With(List<DiffLine> lines, char sign, string text)
    {
        lines.Add(new DiffLine(sign, text));
        return lines;
    }
}
