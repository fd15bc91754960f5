using System.Globalization;
using System.Numerics;
using ClawGrains.Components.Types;

namespace ClawGrains.Components.Wit;

/// <summary>
/// Reads values and calls in WAVE, directed by the type, since the text alone does not tell a u8 from a float.
/// Nesting is bounded by the type's depth.
/// </summary>
internal sealed class WaveReader(string text) : WaveLexer(text)
{
    public static ComponentValue Read(string text, ValType type)
    {
        var reader = new WaveReader(text);
        var value = reader.Value(type);
        reader.End();
        return value;
    }

    /// <summary>
    /// <c>name(argument, …)</c>: the name up to the first opening parenthesis, and the arguments behind as many blanks, so
    /// that messages point into the whole text.
    /// </summary>
    public static (string Name, string Arguments) SplitCall(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0) return (text.Trim(), "()");
        return (text[..open].Trim(), new string(' ', open) + text[open..]);
    }

    /// <summary>Arguments in parentheses; options at the end may be left out.</summary>
    public static ComponentValue[] ReadArguments(string text, FuncType type)
    {
        var reader = new WaveReader(text);
        var arguments = new List<ComponentValue>();
        reader.Expect('(');
        while (!reader.Accept(')'))
        {
            if (arguments.Count == type.Params.Length) throw reader.Bad($"expected `)`: {Takes(type)}");
            var i = arguments.Count;
            arguments.Add(reader.Argument(type, i));
            if (reader.Accept(',')) continue;
            reader.Expect(')', arguments.Count == type.Params.Length ? "`)`" : "`,` or `)`");
            break;
        }
        for (var i = arguments.Count; i < type.Params.Length; i++)
        {
            if (type.Params[i] is not OptionType) throw reader.Bad(Missing(type, i), reader.Position - 1);
            arguments.Add(ComponentValue.None);
        }
        reader.End();
        return [.. arguments];
    }

    /// <summary>Every argument in a text of its own, where a string needs no quotation marks; options at the end may be left out.</summary>
    public static ComponentValue[] ReadWords(IReadOnlyList<string> words, FuncType type)
    {
        if (words.Count > type.Params.Length) throw ComponentException.Value($"{words.Count} arguments are given: {Takes(type)}");
        return [.. type.Params.Select((parameter, i) => i < words.Count ? Word(words[i], type, i)
            : parameter is OptionType ? ComponentValue.None
            : throw ComponentException.Value(Missing(type, i)))];
    }

    private static ComponentValue Word(string text, FuncType type, int i)
    {
        if (type.Params[i] is PrimitiveType { Kind: PrimitiveKind.String } && !text.StartsWith('"')) return ComponentValue.String(text);
        var reader = new WaveReader(text);
        var value = reader.Argument(type, i);
        reader.End();
        return value;
    }

    private ComponentValue Argument(FuncType type, int i)
    {
        Enter($"parameter {Named(type, i)}");
        var value = Value(type.Params[i]);
        Leave();
        return value;
    }

    private static string Missing(FuncType type, int i) => $"the parameter {Named(type, i)} is missing: {Takes(type)}";

    private static string Named(FuncType type, int i) => $"`{type.Names[i]}` ({Describe(type.Params[i])})";

    private static string Takes(FuncType type) => type.Params.Length == 0
        ? "the function takes no arguments"
        : $"the function takes ({string.Join(", ", type.Params.Select((p, i) => $"{type.Names[i]}: {Describe(p)}"))})";

    private static string Describe(ValType type) => WitTypes.Of(type, []);

    private ComponentValue Value(ValType type) => type switch
    {
        PrimitiveType p => Primitive(p),
        ListType l => List(l, l),
        MapType m => List((ListType)m.Despecialized, m).AsMap(),
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
        PrimitiveKind.S8 => ComponentValue.S8(Integer<sbyte>(type)),
        PrimitiveKind.U8 => ComponentValue.U8(Integer<byte>(type)),
        PrimitiveKind.S16 => ComponentValue.S16(Integer<short>(type)),
        PrimitiveKind.U16 => ComponentValue.U16(Integer<ushort>(type)),
        PrimitiveKind.S32 => ComponentValue.S32(Integer<int>(type)),
        PrimitiveKind.U32 => ComponentValue.U32(Integer<uint>(type)),
        PrimitiveKind.S64 => ComponentValue.S64(Integer<long>(type)),
        PrimitiveKind.U64 => ComponentValue.U64(Integer<ulong>(type)),
        PrimitiveKind.F32 => ComponentValue.F32((float)Float(type)),
        PrimitiveKind.F64 => ComponentValue.F64(Float(type)),
        PrimitiveKind.Char => Char(),
        _ => ComponentValue.String(Quoted('"', "a string")),
    };

    private T Integer<T>(PrimitiveType type) where T : IBinaryInteger<T>, IMinMaxValue<T> =>
        T.TryParse(TryWord(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Bad(string.Create(CultureInfo.InvariantCulture, $"expected {type.Describe}, an integer from {T.MinValue} to {T.MaxValue}"));

    private double Float(PrimitiveType type) => TryWord() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !word.Contains('n', StringComparison.OrdinalIgnoreCase)
            ? value
            : throw Bad($"expected {type.Describe}, a number"),
    };

    private ComponentValue Char()
    {
        var text = Quoted('\'', "a char");
        return text.EnumerateRunes().Count() == 1 ? ComponentValue.Char(text.EnumerateRunes().First()) : throw Bad("expected one character in the quotes");
    }

    /// <summary>Items with commas between them and perhaps one behind.</summary>
    private void Items(char close, Action item)
    {
        while (!Accept(close))
        {
            item();
            if (Accept(',')) continue;
            Expect(close, $"`,` or `{close}`");
            break;
        }
    }

    private ComponentValue List(ListType type, ValType written)
    {
        Open('[', Describe(written));
        var items = new List<ComponentValue>();
        Items(']', () =>
        {
            Enter($"item {items.Count}");
            items.Add(Value(type.Element));
            Leave();
        });
        if (type.Length is { } length && length != items.Count) throw Bad($"expected {length} items, found {items.Count}", Position - 1);
        return ComponentValue.List([.. items]);
    }

    private ComponentValue Tuple(TupleType type)
    {
        Open('(', Describe(type));
        var items = new ComponentValue[type.Types.Length];
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Expect(',');
            Enter($"item {i}");
            items[i] = Value(type.Types[i]);
            Leave();
        }
        _ = Accept(',');
        Expect(')');
        return ComponentValue.Tuple(items);
    }

    /// <summary>Fields in any order; an option that is not there is none.</summary>
    private ComponentValue Record(RecordType type)
    {
        Open('{', $"a record of {string.Join(", ", type.Names)}");
        var values = new ComponentValue?[type.Names.Length];
        _ = Accept(':');
        Items('}', () =>
        {
            var index = Array.IndexOf(type.Names, OneOf(type.Names));
            if (values[index] is not null) throw Bad($"the field `{type.Names[index]}` is there twice");
            Expect(':');
            Enter($"field `{type.Names[index]}` ({Describe(type.Fields[index])})");
            values[index] = Value(type.Fields[index]);
            Leave();
        });
        return ComponentValue.RecordOf(type.Names, [.. values.Select((v, i) => v ?? (type.Fields[i] is OptionType
            ? ComponentValue.None
            : throw Bad($"the field `{type.Names[i]}` ({Describe(type.Fields[i])}) is missing", Position - 1)))]);
    }

    private ComponentValue Flags(FlagsType type)
    {
        Open('{', $"flags of {string.Join(", ", type.Names)}");
        var names = new List<string>();
        Items('}', () => names.Add(OneOf(type.Names)));
        return ComponentValue.Flags([.. names.Distinct()]);
    }

    private ComponentValue Option(OptionType type)
    {
        var start = Position;
        switch (TryWord())
        {
            case "none": return ComponentValue.None;
            case "some": return ComponentValue.Some(Payload("some", type.Type));
        }
        Position = start;
        return ComponentValue.Some(Value(type.Type));
    }

    private ComponentValue Result(ResultType type)
    {
        var start = Position;
        switch (TryWord())
        {
            case "ok": return ComponentValue.Ok(type.Ok is null ? null : Payload("ok", type.Ok));
            case "err": return ComponentValue.Error(type.Error is null ? null : Payload("err", type.Error));
        }
        Position = start;
        return type.Ok is null ? throw Bad("expected ok or err") : ComponentValue.Ok(Value(type.Ok));
    }

    private ComponentValue Variant(VariantType type)
    {
        var index = Array.IndexOf(type.Names, OneOf(type.Names));
        return ComponentValue.VariantOf(index, type.Names[index], type.Cases[index] is { } payload ? Payload(type.Names[index], payload) : null);
    }

    private ComponentValue Payload(string name, ValType type)
    {
        Expect('(', $"`(` and {name}'s {Describe(type)}");
        Enter(name);
        var value = Value(type);
        Leave();
        Expect(')');
        return value;
    }

    private string OneOf(string[] names)
    {
        var word = TryWord().TrimStart('%');
        return names.Contains(word) ? word : throw Bad($"expected one of {string.Join(", ", names)}");
    }
}
