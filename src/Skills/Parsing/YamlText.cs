using System.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// Bridges YAML 1.1 habits of the library to YAML 1.2: NEL, LS and PS are ordinary characters (kept aside as private-use
/// ones while parsing), and in a flow collection <c>a:{</c> and <c>a:[</c> are a key and a value.
/// </summary>
internal static class YamlText
{
    private const string Breaks = "\u0085\u2028\u2029";
    private const string Aside = "\uf8f5\uf8f6\uf8f7";

    public static string Protect(string block) => Swap(block, Breaks, Aside);

    public static string Restore(string value) => Swap(value, Aside, Breaks);

    /// <summary>The block with a space after each colon that an opening or closing bracket follows, inside brackets only.</summary>
    public static string SpaceFlowColons(string block)
    {
        var output = new StringBuilder(block.Length + 16);
        var (depth, quote) = (0, '\0');
        for (var i = 0; i < block.Length; i++)
        {
            var c = block[i];
            output.Append(c);
            if (quote != '\0')
            {
                if (c == '\\' && quote == '"' && i + 1 < block.Length) output.Append(block[++i]);
                else if (c == quote) quote = '\0';
            }
            else if (depth > 0 && c is ('"' or '\'')) quote = c;
            else if (c is ('{' or '[') && (depth > 0 || StartsValue(block, i))) depth++;
            else if (c is ('}' or ']') && depth > 0) depth--;
            else if (c == ':' && depth > 0 && i + 1 < block.Length && block[i + 1] is ('{' or '[' or ']' or '}' or ',')) output.Append(' ');
        }
        return output.ToString();
    }

    // A bracket opens a collection at the start of a line or after "key: "; elsewhere it is text.
    private static bool StartsValue(string block, int at)
    {
        var i = at - 1;
        while (i >= 0 && block[i] == ' ') i--;
        return i < 0 || block[i] == '\n' || (block[i] == ':' && i < at - 1);
    }

    private static string Swap(string text, string from, string to)
    {
        if (text.AsSpan().IndexOfAny(from) < 0) return text;
        for (var i = 0; i < from.Length; i++) text = text.Replace(from[i], to[i]);
        return text;
    }
}
