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

    /// <summary>Levenshtein's, without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
