using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// The forgiving reader: every line <c>key: value</c> at column one is a field, an indented block after an empty value is its text.
/// It knows no YAML; the YAML reader's values win where both have one.
/// </summary>
internal static class LineFields
{
    public static Dictionary<string, string> Read(string block)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var lines = block.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!TryMatch(lines[i], out var key, out var raw)) continue;
            var value = JsText.Trim(raw).ToString();
            if (value.Length == 0 && i + 1 < lines.Length && IsIndented(lines[i + 1])) value = ReadBlock(lines, ref i);
            else value = StripQuotes(value);
            if (value.Length > 0) fields[key] = value;
        }
        return fields;
    }

    /// <summary>Matches <c>^([\w-]+):\s*(.*)$</c>.</summary>
    public static bool TryMatch(string line, out string key, out ReadOnlySpan<char> value)
    {
        key = "";
        value = default;
        var colon = 0;
        while (colon < line.Length && (JsText.IsWord(line[colon]) || line[colon] == '-')) colon++;
        if (colon == 0 || colon >= line.Length || line[colon] != ':') return false;
        var start = colon + 1;
        while (start < line.Length && JsText.IsSpace(line[start])) start++;
        value = line.AsSpan(start);
        // JavaScript's dot stops at these two, so such a line matches nothing.
        if (value.IndexOfAny('\u2028', '\u2029') >= 0) return false;
        key = line[..colon];
        return true;
    }

    public static string StripQuotes(string value)
    {
        if (value.Length == 0 || value[0] is not ('"' or '\'') || value[^1] != value[0]) return value;
        return value.Length == 1 ? "" : value[1..^1];
    }

    private static string ReadBlock(string[] lines, ref int i)
    {
        var first = i + 1;
        while (i + 1 < lines.Length && (lines[i + 1].Length == 0 || IsIndented(lines[i + 1]))) i++;
        return JsText.Trim(string.Join('\n', lines, first, i + 1 - first));
    }

    private static bool IsIndented(string line) => line.Length > 0 && line[0] is (' ' or '\t');
}
