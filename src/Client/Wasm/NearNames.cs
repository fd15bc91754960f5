namespace ClawGrains.Client.Wasm;

/// <summary>Guesses which name was meant.</summary>
internal static class NearNames
{
    /// <summary>The nearest of <paramref name="names"/> by edits, when it is near enough; else null.</summary>
    public static string? Find(string wanted, IReadOnlyCollection<string> names)
    {
        var nearest = names.MinBy(name => Distance(wanted, name));
        return nearest is not null && Distance(wanted, nearest) <= Math.Max(1, wanted.Length / 3) ? nearest : null;
    }

    /// <summary>Insertions, deletions, changes and swaps of neighbours, without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) edits[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) edits[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var change = edits[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                edits[i, j] = Math.Min(change, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        return edits[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
