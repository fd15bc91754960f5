using System.Globalization;
using System.Numerics;
using System.Text;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>
/// Reads values and calls in WAVE, directed by the type, since the text alone does not tell a u8 from a float.
/// Nesting is bounded by the type's depth.
/// </summary>
internal sealed class WaveReader(string text)
{
    private int _position;

    public static ComponentValue Read(string text, ValType type)
    {
        var reader = new WaveReader(text);
        var value = reader.Value(type);
        reader.End();
        return value;
    }

    /// <summary><c>name(argument, …)</c>: the name up to the last opening parenthesis at its level.</summary>
    public static (string Name, string Arguments) SplitCall(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return (text.Trim(), "()");
        return (text[..open].Trim(), text[open..]);
    }

    public static ComponentValue[] ReadArguments(string text, FuncType type)
    {
        var reader = new WaveReader(text);
        var arguments = new ComponentValue[type.Params.Length];
        reader.Expect('(');
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i > 0) reader.Expect(',');
            arguments[i] = reader.Value(type.Params[i]);
        }
        _ = reader.Accept(',');
        reader.Expect(')');
        reader.End();
        return arguments;
    }

    private ComponentValue Value(ValType type) => type switch
    {
        PrimitiveType p => Primitive(p),
        ListType l => List(l),
        MapType m => List((ListType)m.Despecialized),
        RecordType r => Record(r),
        TupleType t => Tuple(t),
        FlagsType f => Flags(f),
        EnumType e => ComponentValue.Enum(OneOf(e.Names)),
        OptionType o => Option(o),
        ResultType r => Result(r),
        VariantType v => Variant(v),
        _ => throw Bad($"a value of type {type.Describe} cannot be written as text"),
    };

    private ComponentValue Primitive(PrimitiveType type) => type.Kind switch
    {
        PrimitiveKind.Bool => ComponentValue.Bool(OneOf(["true", "false"]) == "true"),
        PrimitiveKind.S8 => ComponentValue.S8(Integer<sbyte>()),
        PrimitiveKind.U8 => ComponentValue.U8(Integer<byte>()),
        PrimitiveKind.S16 => ComponentValue.S16(Integer<short>()),
        PrimitiveKind.U16 => ComponentValue.U16(Integer<ushort>()),
        PrimitiveKind.S32 => ComponentValue.S32(Integer<int>()),
        PrimitiveKind.U32 => ComponentValue.U32(Integer<uint>()),
        PrimitiveKind.S64 => ComponentValue.S64(Integer<long>()),
        PrimitiveKind.U64 => ComponentValue.U64(Integer<ulong>()),
        PrimitiveKind.F32 => ComponentValue.F32((float)Float()),
        PrimitiveKind.F64 => ComponentValue.F64(Float()),
        PrimitiveKind.Char => Char(),
        _ => ComponentValue.String(Quoted('"')),
    };

    private T Integer<T>() where T : IBinaryInteger<T> =>
        T.TryParse(Word(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Bad($"expected an integer of type {typeof(T).Name}");

    private double Float() => Word() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad("expected a number"),
    };

    private ComponentValue Char()
    {
        var text = Quoted('\'');
        return text.EnumerateRunes().Count() == 1 ? ComponentValue.Char(text.EnumerateRunes().First()) : throw Bad("expected one character");
    }

    private ComponentValue List(ListType type)
    {
        Expect('[');
        var items = new List<ComponentValue>();
        while (!Accept(']'))
        {
            items.Add(Value(type.Element));
            if (Accept(',')) continue;
            Expect(']');
            break;
        }
        return ComponentValue.List([.. items]);
    }

    private ComponentValue Tuple(TupleType type)
    {
        Expect('(');
        var items = new ComponentValue[type.Types.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Expect(',');
            items[i] = Value(type.Types[i]);
        }
        _ = Accept(',');
        Expect(')');
        return ComponentValue.Tuple(items);
    }

    /// <summary>Fields in any order; an option that is not there is none.</summary>
    private ComponentValue Record(RecordType type)
    {
        Expect('{');
        var values = new ComponentValue?[type.Names.Length];
        _ = Accept(':');
        while (!Accept('}'))
        {
            var index = Array.IndexOf(type.Names, OneOf(type.Names));
            Expect(':');
            values[index] = Value(type.Fields[index]);
            if (Accept(',')) continue;
            Expect('}');
            break;
        }
        return ComponentValue.RecordOf(type.Names, [.. values.Select((v, i) =>
            v ?? (type.Fields[i] is OptionType ? ComponentValue.None : throw Bad($"the field `{type.Names[i]}` is missing")))]);
    }

    private ComponentValue Flags(FlagsType type)
    {
        Expect('{');
        var names = new List<string>();
        while (!Accept('}'))
        {
            names.Add(OneOf(type.Names));
            if (Accept(',')) continue;
            Expect('}');
            break;
        }
        return ComponentValue.Flags([.. names]);
    }

    private ComponentValue Option(OptionType type)
    {
        var start = _position;
        switch (TryWord())
        {
            case "none": return ComponentValue.None;
            case "some": return ComponentValue.Some(Payload(type.Type));
        }
        _position = start;
        return ComponentValue.Some(Value(type.Type));
    }

    private ComponentValue Result(ResultType type)
    {
        var start = _position;
        switch (TryWord())
        {
            case "ok": return ComponentValue.Ok(type.Ok is null ? null : Payload(type.Ok));
            case "err": return ComponentValue.Error(type.Error is null ? null : Payload(type.Error));
        }
        _position = start;
        return type.Ok is null ? throw Bad("expected ok or err") : ComponentValue.Ok(Value(type.Ok));
    }

    private ComponentValue Variant(VariantType type)
    {
        var index = Array.IndexOf(type.Names, OneOf(type.Names));
        return ComponentValue.VariantOf(index, type.Names[index], type.Cases[index] is { } payload ? Payload(payload) : null);
    }

    private ComponentValue Payload(ValType type)
    {
        Expect('(');
        var value = Value(type);
        Expect(')');
        return value;
    }

    private string OneOf(string[] names)
    {
        var word = Word().TrimStart('%');
        return names.Contains(word) ? word : throw Bad($"expected one of {string.Join(", ", names)}, found `{word}`");
    }

    private string Word() => TryWord() is { Length: > 0 } word ? word : throw Bad("expected a word or number");

    private string TryWord()
    {
        Skip();
        var start = _position;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '-' or '+' or '.' or '%')) _position++;
        return text[start.._position];
    }

    private string Quoted(char quote)
    {
        Expect(quote);
        var value = new StringBuilder();
        while (true)
        {
            if (_position >= text.Length) throw Bad("the text ends inside quotes");
            var c = text[_position++];
            if (c == quote) return value.ToString();
            if (c == '\\') Escape(value);
            else value.Append(c);
        }
    }

    private void Escape(StringBuilder value)
    {
        if (_position >= text.Length) throw Bad("the text ends inside an escape");
        switch (text[_position++])
        {
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'u':
                Expect('{');
                var end = text.IndexOf('}', _position);
                if (end < 0 || !uint.TryParse(text.AsSpan(_position, end - _position), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
                    throw Bad("expected a Unicode scalar value in \\u{…}");
                value.Append(new Rune(code).ToString());
                _position = end + 1;
                break;
            case var c and ('\\' or '\'' or '"'): value.Append(c); break;
            case var c: throw Bad($"unknown escape \\{c}");
        }
    }

    private void Skip()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
    }

    private bool Accept(char c)
    {
        Skip();
        if (_position >= text.Length || text[_position] != c) return false;
        _position++;
        return true;
    }

    private void Expect(char c)
    {
        if (!Accept(c)) throw Bad($"expected `{c}`");
    }

    private void End()
    {
        Skip();
        if (_position < text.Length) throw Bad("unexpected text after the value");
    }

    private ComponentException Bad(string message) => new(ComponentErrorKind.Value, $"WAVE 1:{_position + 1}: {message}");
}
