using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

internal enum FrontMatterState { Absent, Unterminated, Present }

/// <summary>
/// The two parts of a <c>SKILL.md</c>. A line of <c>---</c> (spaces may follow) opens on the first line,
/// the next such line closes; line ends are LF here.
/// </summary>
internal readonly record struct FrontMatterBlock(FrontMatterState State, string Yaml, string Body)
{
    public static FrontMatterBlock Split(string content)
    {
        var text = Normalize(content);
        var start = EndOfDelimiter(text, 0);
        if (start is not { } yamlStart || yamlStart > text.Length || !EndsWithNewline(text, yamlStart))
            return new FrontMatterBlock(FrontMatterState.Absent, "", JsText.Trim(text));
        return Close(text, yamlStart)
            ?? new FrontMatterBlock(FrontMatterState.Unterminated, "", JsText.Trim(text));
    }

    private static FrontMatterBlock? Close(string text, int yamlStart)
    {
        for (var line = yamlStart; line <= text.Length; line = NextLine(text, line))
        {
            if (EndOfDelimiter(text, line) is not { } end) continue;
            var yaml = line == yamlStart ? "" : text[yamlStart..(line - 1)];
            return new FrontMatterBlock(FrontMatterState.Present, yaml, JsText.Trim(text.AsSpan(end)).ToString());
        }
        return null;
    }

    private static string Normalize(string content)
    {
        var text = content.StartsWith('\ufeff') ? content[1..] : content;
        return text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
    }

    // The index after "---", trailing blanks and the line end; null where the line is anything else.
    private static int? EndOfDelimiter(string text, int line)
    {
        if (string.CompareOrdinal(text, line, "---", 0, 3) != 0) return null;
        var i = line + 3;
        while (i < text.Length && text[i] != '\n' && JsText.IsSpace(text[i])) i++;
        return i == text.Length ? i : text[i] == '\n' ? i + 1 : null;
    }

    private static bool EndsWithNewline(string text, int end) => end > 0 && text[end - 1] == '\n';

    private static int NextLine(string text, int from)
    {
        var newline = from >= text.Length ? -1 : text.IndexOf('\n', from);
        return newline < 0 ? text.Length + 1 : newline + 1;
    }
}
