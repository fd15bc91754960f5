using System.Globalization;
using System.Text;

namespace ClawGrains.Components.Wit;

/// <summary>Writes values in WAVE (the WebAssembly Value Encoding of wasm-tools' <c>wasm-wave</c>).</summary>
internal static class WaveWriter
{
    public static string Write(ComponentValue value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, ComponentValue value)
    {
        switch (value.Kind)
        {
            case ComponentValueKind.None: text.Append("()"); break;
            case ComponentValueKind.Bool: text.Append(value.AsBool() ? "true" : "false"); break;
            case ComponentValueKind.S8 or ComponentValueKind.S16 or ComponentValueKind.S32 or ComponentValueKind.S64:
                text.Append(CultureInfo.InvariantCulture, $"{(long)value.Bits}"); break;
            case ComponentValueKind.F32: text.Append(Float(value.AsF32(), value.AsF32().ToString("R", CultureInfo.InvariantCulture))); break;
            case ComponentValueKind.F64: text.Append(Float(value.AsF64(), value.AsF64().ToString("R", CultureInfo.InvariantCulture))); break;
            case ComponentValueKind.Char: Quoted(text, value.AsChar().ToString(), '\''); break;
            case ComponentValueKind.String: Quoted(text, value.AsString(), '"'); break;
            case ComponentValueKind.List: Sequence(text, '[', Items(value), ']'); break;
            case ComponentValueKind.Tuple: Sequence(text, '(', value.AsList(), ')'); break;
            case ComponentValueKind.Record: Record(text, value); break;
            case ComponentValueKind.Flags: text.Append('{').AppendJoin(", ", value.AsFlags().Select(Label)).Append('}'); break;
            case ComponentValueKind.Resource: text.Append("<resource>"); break;
            case ComponentValueKind.Enum: text.Append(Label(value.Case)); break;
            case ComponentValueKind.Option or ComponentValueKind.Result: Case(text, value.Case == "error" ? "err" : value.Case, value); break;
            case ComponentValueKind.Variant: Case(text, Label(value.Case), value); break;
            default: text.Append(CultureInfo.InvariantCulture, $"{value.Bits}"); break;
        }
    }

    /// <summary>A list's items one by one: those of a list of bytes are never all there as values.</summary>
    private static IEnumerable<ComponentValue> Items(ComponentValue list) =>
        list.Payload is byte[] bytes ? bytes.Select(ComponentValue.U8) : list.AsList();

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

    private static void Case(StringBuilder text, string name, ComponentValue value)
    {
        text.Append(name);
        if (value.CasePayload is not { } payload) return;
        text.Append('(');
        Write(text, payload);
        text.Append(')');
    }

    private static void Sequence(StringBuilder text, char open, IEnumerable<ComponentValue> items, char close)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(", ");
            first = false;
            Write(text, item);
        }
        text.Append(close);
    }

    private static void Record(StringBuilder text, ComponentValue value)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, field) in value.AsRecord())
        {
            text.Append(first ? "" : ", ").Append(name).Append(": ");
            first = false;
            Write(text, field);
        }
        text.Append(first ? ":}" : "}");
    }

    private static void Quoted(StringBuilder text, string value, char quote)
    {
        text.Append(quote);
        foreach (var c in value)
        {
            switch (c)
            {
                case '\\': text.Append("\\\\"); break;
                case '\t': text.Append("\\t"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case var q when q == quote: text.Append('\\').Append(q); break;
                case var control when char.IsControl(control): text.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)control:x}}}"); break;
                default: text.Append(c); break;
            }
        }
        text.Append(quote);
    }
}
