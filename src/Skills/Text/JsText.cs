namespace ClawGrains.Skills.Text;

/// <summary>Whitespace as JavaScript counts it, which is what the dialect's authors tested with.</summary>
internal static class JsText
{
    public static bool IsSpace(char c) => c <= 0x7f
        ? c is ' ' or (>= '\t' and <= '\r')
        : c is '\u00a0' or '\u1680' or (>= '\u2000' and <= '\u200a') or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000' or '\ufeff';

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && IsSpace(text[start])) start++;
        var end = text.Length;
        while (end > start && IsSpace(text[end - 1])) end--;
        return text[start..end];
    }

    public static string Trim(string text)
    {
        var trimmed = Trim(text.AsSpan());
        return trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
