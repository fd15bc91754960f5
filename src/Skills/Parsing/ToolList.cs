using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>Splits <c>allowed-tools</c>: blanks or commas separate, except inside parentheses (<c>Bash(git add *) Read</c>).</summary>
internal static class ToolList
{
    public static List<string> Split(string text)
    {
        var tools = new List<string>();
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '(') depth++;
            else if (i < text.Length && text[i] == ')') depth = Math.Max(0, depth - 1);
            if (i < text.Length && (depth > 0 || !(text[i] == ',' || JsText.IsSpace(text[i])))) continue;
            if (i > start) tools.Add(text[start..i]);
            start = i + 1;
        }
        return tools;
    }
}
