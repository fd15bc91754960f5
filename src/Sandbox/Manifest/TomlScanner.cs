using System.Globalization;
using System.Text;

namespace ClawGrains.Sandbox.Manifest;

/// <summary>Keys, values and white space of TOML. Lines end with <c>\n</c>.</summary>
internal sealed class TomlScanner(string text)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    public (int Line, int Column) Place => (_line, _at - _lineStart + 1);

    private char Current => _at < text.Length ? text[_at] : '\0';

    public ManifestSyntaxException Error(string message) => new($"not TOML: {message}", Place.Line, Place.Column);

    public bool Take(string token)
    {
        if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0) return false;
        _at += token.Length;
        return true;
    }

    public bool TakeAfterSpace(string token)
    {
        SkipSpace();
        return Take(token);
    }

    public void SkipSpace()
    {
        while (Current is ' ' or '\t') _at++;
    }

    /// <summary>Skips white space, comments and line ends; false at the end of the text.</summary>
    public bool SkipBlank()
    {
        for (SkipSpace(); _at < text.Length; SkipSpace())
        {
            if (Current == '#') SkipComment();
            else if (Current == '\n') NewLine();
            else return true;
        }
        return false;
    }

    /// <summary>Nothing but a comment may follow on the line.</summary>
    public void EndLine()
    {
        SkipSpace();
        if (Current == '#') SkipComment();
        if (_at < text.Length && Current != '\n') throw Error($"'{Current}' after the end of a line's statement");
    }

    public string Key()
    {
        if (Current is '"' or '\'') return Quoted(multiline: false);
        var start = _at;
        while (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_') _at++;
        return _at > start ? text[start.._at] : throw Error("a key is wanted");
    }

    /// <summary>A string, long, double or bool; dates and times as text.</summary>
    public object Scalar()
    {
        if (Current is '"' or '\'') return Quoted(multiline: true);
        var (start, place) = (_at, Place);
        while (char.IsAsciiLetterOrDigit(Current) || Current is '+' or '-' or '_' or '.' or ':' || IsDateSpace()) _at++;
        var word = text[start.._at];
        return Word(word) ?? throw new ManifestSyntaxException(word.Length == 0 ? "not TOML: a value is wanted" : $"not TOML: '{word}' is not a value; text stands in quotes", place.Line, place.Column);
    }

    private bool IsDateSpace() => Current == ' ' && _at + 2 < text.Length && char.IsAsciiDigit(text[_at + 1]) && char.IsAsciiDigit(text[_at + 2]) && _at > 3 && text[_at - 3] == '-';

    private static object? Word(string word) => word switch
    {
        "true" => true,
        "false" => false,
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ when word.StartsWith("0x", StringComparison.Ordinal) => Based(word, 16),
        _ when word.StartsWith("0o", StringComparison.Ordinal) => Based(word, 8),
        _ when word.StartsWith("0b", StringComparison.Ordinal) => Based(word, 2),
        _ => Number(word),
    };

    private static object? Number(string word)
    {
        if (word.Length == 0 || !(char.IsAsciiDigit(word[0]) || word[0] is '+' or '-')) return null;
        var digits = word.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        if (double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)) return real;
        return DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? word : null;
    }

    private static object? Based(string word, int radix)
    {
        long value = 0;
        foreach (var c in word.AsSpan(2))
        {
            if (c == '_') continue;
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || value > (long.MaxValue - digit) / radix) return null;
            value = value * radix + digit;
        }
        return word.Length > 2 ? value : null;
    }

    private string Quoted(bool multiline)
    {
        var quote = Current.ToString();
        var triple = quote + quote + quote;
        if (!multiline || !Take(triple)) return Single(quote);
        if (Current == '\n') NewLine();
        var value = new StringBuilder();
        while (!(Take(triple) && Closing(value, quote[0])))
        {
            if (_at >= text.Length) throw Error("the text is not closed");
            if (quote == "\"" && Current == '\\') Escape(value, multiline: true);
            else if (Current == '\n') { value.Append('\n'); NewLine(); }
            else value.Append(text[_at++]);
        }
        return value.ToString();
    }

    // Up to two more quotes belong to the text.
    private bool Closing(StringBuilder value, char quote)
    {
        for (var extra = 0; extra < 2 && Current == quote; extra++, _at++) value.Append(quote);
        return true;
    }

    private string Single(string quote)
    {
        _at++;
        var value = new StringBuilder();
        while (!Take(quote))
        {
            if (_at >= text.Length || Current == '\n') throw Error("the text is not closed on its line");
            if (quote == "\"" && Current == '\\') Escape(value, multiline: false);
            else value.Append(text[_at++]);
        }
        return value.ToString();
    }

    private void Escape(StringBuilder value, bool multiline)
    {
        _at++;
        var c = Current;
        if (multiline && c is '\n' or ' ' or '\t')
        {
            while (Current is ' ' or '\t' or '\n')
                if (Current == '\n') NewLine();
                else _at++;
            return;
        }
        _at++;
        if (c is 'u' or 'U') value.Append(CodePoint(c == 'u' ? 4 : 8));
        else value.Append(c switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', '"' => '"', '\\' => '\\', _ => throw Error($"'\\{c}' is not an escape") });
    }

    private string CodePoint(int digits)
    {
        if (_at + digits > text.Length || !int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
            throw Error("not a code point");
        _at += digits;
        return new Rune(code).ToString();
    }

    private void SkipComment()
    {
        while (_at < text.Length && Current != '\n') _at++;
    }

    private void NewLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
    }
}
