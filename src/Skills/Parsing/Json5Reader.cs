using System.Globalization;
using System.Text;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// JSON5 (spec.json5.org 1.0.0), which contains JSON: comments, trailing commas, unquoted keys, single quotes, hex numbers,
/// line continuations. Depth is bounded; every character is looked at a bounded number of times.
/// </summary>
internal ref struct Json5Reader
{
    private const int MaxDepth = 128;
    private readonly ReadOnlySpan<char> _text;
    private int _position;
    private int _depth;

    private Json5Reader(string text)
    {
        _text = text;
        _position = 0;
        _depth = 0;
    }

    /// <summary>The value, or null and a reason where the text is not JSON5.</summary>
    public static DataNode? Read(string text, out string reason)
    {
        var reader = new Json5Reader(text);
        try
        {
            var value = reader.Value();
            reader.Skip();
            if (reader._position < text.Length) throw reader.Unexpected();
            reason = "";
            return value;
        }
        catch (FormatException e)
        {
            reason = e.Message;
            return null;
        }
    }

    private DataNode Value()
    {
        Skip();
        return Peek() switch
        {
            '{' => Map(),
            '[' => List(),
            '"' or '\'' => new DataNode { Kind = DataKind.String, Text = String() },
            't' => Word("true", new DataNode { Kind = DataKind.Boolean, Text = "true" }),
            'f' => Word("false", new DataNode { Kind = DataKind.Boolean, Text = "false" }),
            'n' => Word("null", new DataNode { Kind = DataKind.Null }),
            _ => Number(),
        };
    }

    private DataNode Map()
    {
        Enter();
        var entries = new List<KeyValuePair<string, DataNode>>();
        while (!TryTake('}'))
        {
            var key = Peek() is '"' or '\'' ? String() : Identifier();
            Skip();
            Take(':');
            entries.Add(new(key, Value()));
            Separate('}');
        }
        _depth--;
        return new DataNode { Kind = DataKind.Map, Entries = entries };
    }

    private DataNode List()
    {
        Enter();
        var items = new List<DataNode>();
        while (!TryTake(']'))
        {
            items.Add(Value());
            Separate(']');
        }
        _depth--;
        return new DataNode { Kind = DataKind.List, Items = items };
    }

    private void Enter()
    {
        _position++;
        if (++_depth > MaxDepth) throw new FormatException($"nested deeper than {MaxDepth} levels");
        Skip();
    }

    private void Separate(char close)
    {
        Skip();
        if (Peek() == close) return;
        Take(',');
        Skip();
    }

    private DataNode Word(string word, DataNode node)
    {
        if (!_text[_position..].StartsWith(word)) throw Unexpected();
        _position += word.Length;
        if (_position < _text.Length && IsIdentifierPart(_text[_position])) throw Unexpected();
        return node;
    }

    private DataNode Number()
    {
        var start = _position;
        var negative = Peek() == '-';
        if (Peek() is '+' or '-') _position++;
        if (Rest("Infinity")) return Signed(double.PositiveInfinity, negative);
        if (Rest("NaN")) return Signed(double.NaN, negative);
        if (Rest("0x") || Rest("0X")) return Signed(Hex(), negative);
        return Signed(Decimal(start), negative);
    }

    private static DataNode Signed(double value, bool negative) =>
        new() { Kind = DataKind.Number, Number = negative ? -value : value };

    private double Hex()
    {
        double value = 0;
        var start = _position;
        for (; char.IsAsciiHexDigit(Peek()); _position++) value = value * 16 + Convert.ToInt32(Peek().ToString(), 16);
        if (_position == start || IsIdentifierPart(Peek())) throw Unexpected();
        return value;
    }

    private double Decimal(int start)
    {
        var digits = _position;
        var whole = Digits();
        if (whole > 1 && _text[digits] == '0') throw Unexpected();
        var fraction = 0;
        if (Peek() == '.')
        {
            _position++;
            fraction = Digits();
        }
        if (whole + fraction == 0) throw Unexpected();
        if (Peek() is 'e' or 'E')
        {
            _position++;
            if (Peek() is '+' or '-') _position++;
            if (Digits() == 0) throw Unexpected();
        }
        if (IsIdentifierPart(Peek())) throw Unexpected();
        return Math.Abs(double.Parse(_text[start.._position], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private int Digits()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek())) _position++;
        return _position - start;
    }

    private string String()
    {
        var quote = _text[_position++];
        var output = new StringBuilder();
        while (true)
        {
            if (_position >= _text.Length) throw new FormatException("a string does not end");
            var c = _text[_position++];
            if (c == quote) return output.ToString();
            if (c is '\n' or '\r') throw new FormatException($"a line break inside a string at offset {_position - 1}");
            if (c == '\\') Escape(output);
            else output.Append(c);
        }
    }

    private void Escape(StringBuilder output)
    {
        if (_position >= _text.Length) throw new FormatException("a string does not end");
        var c = _text[_position++];
        switch (c)
        {
            case 'b': output.Append('\b'); break;
            case 'f': output.Append('\f'); break;
            case 'n': output.Append('\n'); break;
            case 'r': output.Append('\r'); break;
            case 't': output.Append('\t'); break;
            case 'v': output.Append('\v'); break;
            case 'x': output.Append(Code(2)); break;
            case 'u': output.Append(Code(4)); break;
            case '\r': if (Peek() == '\n') _position++; break;
            case '\n' or '\u2028' or '\u2029': break;
            case '0' when !char.IsAsciiDigit(Peek()): output.Append('\0'); break;
            case >= '0' and <= '9': throw Unexpected();
            default: output.Append(c); break;
        }
    }

    private char Code(int length)
    {
        var code = 0;
        for (var i = 0; i < length; i++, _position++)
        {
            if (!char.IsAsciiHexDigit(Peek())) throw Unexpected();
            code = code * 16 + Convert.ToInt32(Peek().ToString(), 16);
        }
        return (char)code;
    }

    private string Identifier()
    {
        var output = new StringBuilder();
        while (IsIdentifierPart(Peek()) || Peek() == '\\')
        {
            if (output.Length == 0 && char.IsAsciiDigit(Peek())) throw Unexpected();
            if (Peek() != '\\')
            {
                output.Append(_text[_position++]);
                continue;
            }
            _position++;
            Take('u');
            output.Append(Code(4));
        }
        return output.Length > 0 ? output.ToString() : throw Unexpected();
    }

    private static bool IsIdentifierPart(char c) =>
        JsText.IsWord(c) || c == '$' || (c > 0x7f && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '\u200c' or '\u200d'));

    private void Skip()
    {
        while (_position < _text.Length)
        {
            if (JsText.IsSpace(_text[_position])) _position++;
            else if (_text[_position] == '/') Comment();
            else return;
        }
    }

    private void Comment()
    {
        var rest = _text[_position..];
        var block = rest.StartsWith("/*");
        if (!block && !rest.StartsWith("//")) throw Unexpected();
        var end = block ? rest[2..].IndexOf("*/") : rest[2..].IndexOfAny("\n\r\u2028\u2029");
        if (block && end < 0) throw new FormatException("a comment does not end");
        _position = end < 0 ? _text.Length : _position + 2 + end + (block ? 2 : 0);
    }

    private bool Rest(string word)
    {
        if (!_text[_position..].StartsWith(word)) return false;
        _position += word.Length;
        return true;
    }

    private bool TryTake(char c)
    {
        if (Peek() != c) return false;
        _position++;
        return true;
    }

    private void Take(char c)
    {
        if (!TryTake(c)) throw Unexpected();
    }

    private readonly char Peek() => _position < _text.Length ? _text[_position] : '\0';

    private readonly FormatException Unexpected() => new(_position < _text.Length
        ? $"unexpected '{_text[_position]}' at offset {_position}"
        : "unexpected end");
}
