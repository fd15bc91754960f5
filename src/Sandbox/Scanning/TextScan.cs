using System.Text;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>Looks for the rules' patterns in a text: in each line, across line breaks, and in what is encoded in it.</summary>
internal sealed class TextScan(ScanPolicy policy, List<ScanFinding> findings)
{
    private const int LeastEncoded = 24;

    public void Scan(string file, string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].AsSpan().TrimEnd('\r');
            Match(file, i + 1, line, "");
            if (i + 1 < lines.Length) Across(file, i + 1, line, lines[i + 1]);
            foreach (var hidden in Encoded(lines[i])) Match(file, i + 1, hidden, " (in an encoded text)");
            if (lines[i].EnumerateRunes().Any(IsInvisible)) Add(KnownRules.InvisibleUnicode, ScanSeverity.Critical, (file, i + 1), "has invisible characters or such that turn the direction of text");
        }
    }

    /// <summary>Scans what is readable of a binary file.</summary>
    public void Strings(string file, ReadOnlySpan<byte> binary)
    {
        var text = new StringBuilder();
        foreach (var b in binary)
            if (b is >= 0x20 and < 0x7F) text.Append((char)b);
            else if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
        foreach (var line in text.ToString().Split('\n').Where(l => l.Length >= 6).Distinct()) Match(file, 0, line, "");
    }

    private void Match(string file, int line, ReadOnlySpan<char> text, string where)
    {
        foreach (var rule in policy.Rules)
            if (rule.Matches(text)) Add(rule.Name, rule.Severity, (file, line), rule.Message + where);
    }

    // A pattern that neither line holds alone: broken by a line end, or by a backslash before it.
    private void Across(string file, int line, ReadOnlySpan<char> text, ReadOnlySpan<char> next)
    {
        var both = $"{text.TrimEnd().TrimEnd('\\')} {next.TrimStart()}";
        foreach (var rule in policy.Rules)
            if (rule.Matches(both) && !rule.Matches(text) && !rule.Matches(next)) Add(rule.Name, rule.Severity, (file, line), rule.Message);
    }

    private void Add(string rule, ScanSeverity usual, (string File, int Line) place, string message)
    {
        if (policy.SeverityOf(rule, usual) is { } severity) findings.Add(new(severity, rule, place.File, place.Line, message));
    }

    private static List<string> Encoded(string line)
    {
        var found = new List<string>();
        for (int i = 0, start = 0; i <= line.Length; i++)
        {
            if (i < line.Length && (char.IsAsciiLetterOrDigit(line[i]) || line[i] is '+' or '/' or '=')) continue;
            if (i - start >= LeastEncoded && Decode(line[start..i].TrimEnd('=')) is { } text) found.Add(text);
            start = i + 1;
        }
        return found;
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var count)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, count);
        return text.All(c => !char.IsControl(c) || char.IsWhiteSpace(c)) && !text.Contains('\uFFFD', StringComparison.Ordinal) ? text : null;
    }

    // Tags and variation selectors beyond the sixteen of emoji, zero-width characters but the joiner, and direction marks.
    private static bool IsInvisible(Rune r) =>
        r.Value is 0x200B or 0x200C or 0x200E or 0x200F or 0x2060 or 0x180E or (>= 0x202A and <= 0x202E) or (>= 0x2061 and <= 0x2069) or (>= 0xE0000 and <= 0xE01EF);
}
