using System.Buffers;
using System.Globalization;

namespace ClawGrains.Components.Wit;

/// <summary>Writes values in WAVE (the WebAssembly Value Encoding of wasm-tools' <c>wasm-wave</c>).</summary>
internal static class WaveWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(c => char.IsControl(c) || c is '\\' or '\'' or '"')]);

    public static string Write(ComponentValue value)
    {
        using var target = new StringWriter(CultureInfo.InvariantCulture);
        Write(target, value, 256);
        return target.ToString();
    }

    public static void Write(TextWriter target, ComponentValue value, int pieces = 16_384)
    {
        var text = new WaveOutput(target, pieces);
        Write(text, value);
        text.Flush();
    }

    private static void Write(WaveOutput text, ComponentValue value)
    {
        switch (value.Kind)
        {
            case ComponentValueKind.None: text.Write("()"); break;
            case ComponentValueKind.Bool: text.Write(value.AsBool() ? "true" : "false"); break;
            case ComponentValueKind.S8 or ComponentValueKind.S16 or ComponentValueKind.S32 or ComponentValueKind.S64:
                text.Number((long)value.Bits); break;
            case ComponentValueKind.F32: text.Write(Float(value.AsF32(), value.AsF32().ToString("R", CultureInfo.InvariantCulture))); break;
            case ComponentValueKind.F64: text.Write(Float(value.AsF64(), value.AsF64().ToString("R", CultureInfo.InvariantCulture))); break;
            case ComponentValueKind.Char: Quoted(text, value.AsChar().ToString(), '\''); break;
            case ComponentValueKind.String: Quoted(text, value.AsString(), '"'); break;
            case ComponentValueKind.List when value.Payload is byte[] bytes: Bytes(text, bytes); break;
            case ComponentValueKind.List: Sequence(text, '[', value.AsList(), ']'); break;
            case ComponentValueKind.Tuple: Sequence(text, '(', value.AsList(), ')'); break;
            case ComponentValueKind.Record: Record(text, value); break;
            case ComponentValueKind.Flags: text.Write($"{{{string.Join(", ", value.AsFlags().Select(Label))}}}"); break;
            case ComponentValueKind.Resource: text.Write("<resource>"); break;
            case ComponentValueKind.Enum: text.Write(Label(value.Case)); break;
            case ComponentValueKind.Option or ComponentValueKind.Result: Case(text, value.Case == "error" ? "err" : value.Case, value); break;
            case ComponentValueKind.Variant: Case(text, Label(value.Case), value); break;
            default: text.Number(value.Bits); break;
        }
    }

    private static void Bytes(WaveOutput text, byte[] bytes)
    {
        text.Write('[');
        for (var i = 0; i < bytes.Length; i++)
        {
            if (i > 0) text.Write(", ");
            text.Number(bytes[i]);
        }
        text.Write(']');
    }

    private static string Float(double value, string shortest) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => shortest.Replace("E+", "e", StringComparison.Ordinal).Replace('E', 'e'),
    };

    /// <summary>A label that reads as a keyword is told apart by a leading percent sign.</summary>
    private static string Label(string name) =>
        name is "true" or "false" or "inf" or "nan" or "some" or "none" or "ok" or "err" ? "%" + name : name;

    private static void Case(WaveOutput text, string name, ComponentValue value)
    {
        text.Write(name);
        if (value.CasePayload is not { } payload) return;
        text.Write('(');
        Write(text, payload);
        text.Write(')');
    }

    private static void Sequence(WaveOutput text, char open, IEnumerable<ComponentValue> items, char close)
    {
        text.Write(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Write(", ");
            first = false;
            Write(text, item);
        }
        text.Write(close);
    }

    private static void Record(WaveOutput text, ComponentValue value)
    {
        text.Write('{');
        var first = true;
        foreach (var (name, field) in value.AsRecord())
        {
            if (!first) text.Write(", ");
            text.Write(name);
            text.Write(": ");
            first = false;
            Write(text, field);
        }
        text.Write(first ? ":}" : "}");
    }

    private static void Quoted(WaveOutput text, ReadOnlySpan<char> value, char quote)
    {
        text.Write(quote);
        while (value.IndexOfAny(Escaped) is >= 0 and var plain)
        {
            text.Write(value[..plain]);
            Escape(text, value[plain], quote);
            value = value[(plain + 1)..];
        }
        text.Write(value);
        text.Write(quote);
    }

    private static void Escape(WaveOutput text, char c, char quote)
    {
        switch (c)
        {
            case '\\': text.Write("\\\\"); break;
            case '\t': text.Write("\\t"); break;
            case '\n': text.Write("\\n"); break;
            case '\r': text.Write("\\r"); break;
            case '"' or '\'' when c != quote: text.Write(c); break;
            case '"' or '\'': text.Write(['\\', c]); break;
            default: text.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{{{(int)c:x}}}")); break;
        }
    }
}
