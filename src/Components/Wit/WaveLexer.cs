using System.Globalization;
using System.Text;

namespace ClawGrains.Components.Wit;

/// <summary>The characters of a text in WAVE: words, quoted text, punctuation, comments, and where each stands.</summary>
internal class WaveLexer(string text)
{
    private readonly List<string> _path = [];
    private int _token;

    protected int Position { get; set; }

    /// <summary>Names what is read from here on in messages; what was entered is left after it was read well.</summary>
    protected void Enter(string what) => _path.Add(what);

    protected void Leave() => _path.RemoveAt(_path.Count - 1);

    protected string Word() => TryWord() is { Length: > 0 } word ? word : throw Bad("expected a word or number");

    protected string TryWord()
    {
        Skip();
        var start = Position;
        while (Position < text.Length && (char.IsAsciiLetterOrDigit(text[Position]) || text[Position] is '-' or '+' or '.' or '%' or '_')) Position++;
        return text[start..Position];
    }

    protected bool Accept(char c)
    {
        Skip();
        if (Position >= text.Length || text[Position] != c) return false;
        Position++;
        return true;
    }

    protected void Expect(char c, string? wanted = null)
    {
        if (!Accept(c)) throw Bad($"expected {wanted ?? $"`{c}`"}");
    }

    /// <summary>The opening character of a value.</summary>
    protected void Open(char c, string type)
    {
        if (!Accept(c)) throw Bad($"expected {type}, which begins with `{c}`");
    }

    protected void End()
    {
        Skip();
        if (Position < text.Length) throw Bad("expected the end");
    }

    protected string Quoted(char quote, string type)
    {
        Open(quote, type);
        if (quote == '"' && text.AsSpan(Position).StartsWith("\"\"")) return Lines();
        var value = new StringBuilder();
        while (true)
        {
            if (Position >= text.Length) throw Bad("expected the closing quote", Position);
            var c = text[Position++];
            if (c == quote) return value.ToString();
            if (c == '\\') Escape(value);
            else value.Append(c);
        }
    }

    /// <summary>A string of lines between three quotes: the last line's indentation is taken off each.</summary>
    private string Lines()
    {
        Position += 2;
        var (start, end) = (Position, Position);
        while (!text.AsSpan(end).StartsWith("\"\"\""))
        {
            end += end < text.Length && text[end] == '\\' ? 2 : 1;
            if (end >= text.Length) throw Bad("expected the closing quotes", start);
        }
        var lines = text[start..end].ReplaceLineEndings("\n").Split('\n');
        Position = end + 3;
        if (lines.Length < 2 || lines[0].Length > 0 || lines[^1].Trim(' ').Length > 0) throw Bad("three quotes stand on lines of their own", start);
        var body = lines[1..^1];
        if (body.Any(l => !l.StartsWith(lines[^1], StringComparison.Ordinal))) throw Bad("a line is indented less than the closing quotes", start);
        return Unescaped(string.Join('\n', body.Select(l => l[lines[^1].Length..])));
    }

    private static string Unescaped(string lines)
    {
        var (reader, value) = (new WaveLexer(lines), new StringBuilder());
        while (reader.Position < lines.Length)
        {
            var c = lines[reader.Position++];
            if (c == '\\') reader.Escape(value);
            else value.Append(c);
        }
        return value.ToString();
    }

    private void Escape(StringBuilder value)
    {
        if (Position >= text.Length) throw Bad("expected the rest of an escape", Position);
        switch (text[Position++])
        {
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'u': value.Append(CodePoint().ToString()); break;
            case var c and ('\\' or '\'' or '"'): value.Append(c); break;
            case var c: throw Bad($"unknown escape \\{c}", Position - 2);
        }
    }

    private Rune CodePoint()
    {
        var start = Position - 2;
        var end = Position < text.Length && text[Position] == '{' ? text.IndexOf('}', Position) : -1;
        if (end < 0 || !uint.TryParse(text.AsSpan(Position + 1, end - Position - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            throw Bad("expected a Unicode scalar value in \\u{…}", start);
        Position = end + 1;
        return new Rune(code);
    }

    /// <summary>White space and comments; what follows is what messages point at.</summary>
    private void Skip()
    {
        while (Position < text.Length)
        {
            if (char.IsWhiteSpace(text[Position])) Position++;
            else if (text.AsSpan(Position).StartsWith("//")) Position = text.IndexOf('\n', Position) is >= 0 and var end ? end : text.Length;
            else break;
        }
        _token = Position;
    }

    /// <summary>A mistake at the token that was read last, or at <paramref name="at"/>.</summary>
    protected ComponentException Bad(string message, int? at = null)
    {
        var place = at ?? _token;
        var line = text.AsSpan(0, place).Count('\n') + 1;
        var column = place - (place == 0 ? -1 : text.LastIndexOf('\n', place - 1));
        var found = at is null ? $", found {Found()}" : "";
        return new(ComponentErrorKind.Value, $"WAVE {line}:{column}: {string.Concat(_path.Select(p => p + ": "))}{message}{found}");
    }

    private string Found()
    {
        if (_token >= text.Length) return "the end of the text";
        Position = _token;
        var word = TryWord();
        return $"`{(word.Length > 0 ? word : text[_token..Math.Min(text.Length, _token + (char.IsHighSurrogate(text[_token]) ? 2 : 1))])}`";
    }
}
