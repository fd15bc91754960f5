namespace ClawGrains.Components.Wit;

/// <summary>A token with its place; an empty text is the end.</summary>
internal readonly record struct WitToken(string Text, int Line, int Column, bool IsWord);

/// <summary>WIT.md, "Lexical structure": words, semantic versions after <c>@</c>, punctuation; comments are dropped.</summary>
internal static class WitLexer
{
    private const string Punctuation = "{}()<>,;:=.*@/-_";

    public static List<WitToken> Tokens(string text, string file)
    {
        var tokens = new List<WitToken>();
        var (line, start) = (1, 0);
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var (at, column) = (i, i - start + 1);
            if (c == '\n') (line, start) = (line + 1, ++i);
            else if (char.IsWhiteSpace(c)) i++;
            else if (text.AsSpan(i).StartsWith("//")) i = EndOfLine(text, i);
            else if (text.AsSpan(i).StartsWith("/*")) i = EndOfBlock(text, i, ref line, ref start);
            else if (text.AsSpan(i).StartsWith("->"))
            {
                tokens.Add(new("->", line, column, false));
                i += 2;
            }
            else if (c == '@' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))
            {
                for (i++; i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '+' || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiLetterOrDigit(text[i + 1]))); i++) { }
                tokens.Add(new(text[at..i], line, column, false));
            }
            else if (char.IsAsciiLetterOrDigit(c) || c == '%')
            {
                for (i++; i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '-'); i++) { }
                tokens.Add(new(text[at..i], line, column, true));
            }
            else if (Punctuation.Contains(c, StringComparison.Ordinal)) tokens.Add(new(text[i++].ToString(), line, column, false));
            else throw Error(file, line, column, $"unexpected character `{c}`");
        }
        tokens.Add(new("", line, text.Length - start + 1, false));
        return tokens;
    }

    public static ComponentException Error(string file, int line, int column, string message) =>
        new(ComponentErrorKind.Malformed, $"{file}:{line}:{column}: {message}");

    private static int EndOfLine(string text, int from) => text.IndexOf('\n', from) is >= 0 and var end ? end : text.Length;

    private static int EndOfBlock(string text, int from, ref int line, ref int start)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\n') (line, start) = (line + 1, i + 1);
            else if (text.AsSpan(i).StartsWith("/*")) (depth, i) = (depth + 1, i + 1);
            else if (text.AsSpan(i).StartsWith("*/") && --depth == 0) return i + 2;
            else if (text.AsSpan(i).StartsWith("*/")) i++;
        }
        return text.Length;
    }
}
