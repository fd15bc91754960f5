using System.Text;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>Looks for the rules' patterns in a text: in each line, across line breaks, behind disguises, and in what is encoded in it.</summary>
internal sealed class TextScan(ScanPolicy policy, List<ScanFinding> findings)
{
    private const int LeastString = 6;
    private const int LeastPiece = 16;
    private const string InEncodedText = " (in an encoded text)";

    /// <summary>Scans a file of unknown kind: as text where it is one, and what is readable of it where it is none.</summary>
    public void Bytes(string file, ReadOnlySpan<byte> content)
    {
        if (content is [0xFF, 0xFE, ..]) Scan(file, Encoding.Unicode.GetString(content[2..]));
        else if (content is [0xFE, 0xFF, ..]) Scan(file, Encoding.BigEndianUnicode.GetString(content[2..]));
        else if (content.Contains((byte)0)) Strings(file, content);
        else Scan(file, Encoding.UTF8.GetString(content is [0xEF, 0xBB, 0xBF, ..] ? content[3..] : content));
    }

    public void Scan(string file, string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            Line(file, i + 1, line);
            if (i + 1 < lines.Length) Across(file, i + 1, line, lines[i + 1]);
            if (HiddenText.HasInvisible(line)) Add(KnownRules.InvisibleUnicode, ScanSeverity.Critical, (file, i + 1), "has invisible characters or such that turn the direction of text");
        }
        Pieces(file, lines);
    }

    /// <summary>Scans what is readable of a binary file, in ASCII and in UTF-16.</summary>
    public void Strings(string file, ReadOnlySpan<byte> binary)
    {
        var text = new StringBuilder();
        Runs(text, binary, 1);
        Runs(text, binary, 2);
        foreach (var line in text.ToString().Split('\n').Where(l => l.Length >= LeastString).Distinct()) Line(file, 0, line);
    }

    private static void Runs(StringBuilder text, ReadOnlySpan<byte> binary, int width)
    {
        for (var i = 0; i + width <= binary.Length;)
        {
            var isLetter = binary[i] is >= 0x20 and < 0x7F && (width == 1 || binary[i + 1] == 0);
            if (isLetter) text.Append((char)binary[i]);
            else if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
            i += isLetter ? width : 1;
        }
        text.Append('\n');
    }

    private void Line(string file, int line, string text)
    {
        foreach (var rule in policy.Rules)
            if (rule.Matches(text)) Add(rule.Name, rule.Severity, (file, line), rule.Message);
        if (HiddenText.Folded(text) is var folded && folded != text) Hidden((file, line), text, folded, " (in disguise)");
        Encoded((file, line), text, text);
    }

    private void Encoded((string File, int Line) place, string text, string encoded)
    {
        var (texts, areAll) = HiddenText.Encoded(encoded);
        foreach (var hidden in texts) Hidden(place, text, hidden, InEncodedText);
        if (!areAll) Add(KnownRules.EncodedPayload, ScanSeverity.Critical, place, "holds texts encoded in one another too often to be looked through");
    }

    // A long text in base64 is broken into lines, none of which need hold a pattern; the last may be short.
    private void Pieces(string file, string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var end = i;
            while (end < lines.Length && HiddenText.IsPiece(lines[end], LeastPiece)) end++;
            if (end == i) continue;
            if (end < lines.Length && HiddenText.IsPiece(lines[end], 1)) end++;
            if (end - i > 1) Encoded((file, i + 1), "", string.Concat(lines[i..end].Select(l => l.Trim())));
            i = end - 1;
        }
    }

    private void Hidden((string File, int Line) place, string text, string hidden, string where)
    {
        foreach (var rule in policy.Rules)
            if (rule.Matches(hidden) && !rule.Matches(text)) Add(rule.Name, rule.Severity, place, rule.Message + where);
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
}
