using System.Globalization;
using System.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>Values as JavaScript prints them: <c>String(x)</c> and <c>JSON.stringify(x)</c>.</summary>
internal static class JsonText
{
    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return "0";
        if (value == Math.Floor(value) && Math.Abs(value) < 1e15)
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        return Shortest(value);
    }

    public static string Quote(string text)
    {
        var output = new StringBuilder(text.Length + 2);
        Quote(text, output);
        return output.ToString();
    }

    /// <summary>
    /// The JSON text, or null where it would exceed <paramref name="limit"/> characters (shared nodes can multiply) or nest
    /// too deep (an alias can chain nodes, or lead back to its own anchor).
    /// </summary>
    public static string? Write(DataNode node, int limit)
    {
        var output = new StringBuilder();
        return new Writer(output, limit).Write(node, 0) ? output.ToString() : null;
    }

    private readonly record struct Writer(StringBuilder Output, int Limit)
    {
        private const int MaxDepth = 2 * YamlReader.MaxDepth;

        public bool Write(DataNode node, int depth)
        {
            if (Output.Length > Limit || depth > MaxDepth) return false;
            switch (node.Kind)
            {
                case DataKind.List: return WriteList(node, depth + 1);
                case DataKind.Map: return WriteMap(node, depth + 1);
                case DataKind.String: Quote(node.Text, Output); break;
                case DataKind.Number: Output.Append(double.IsFinite(node.Number) ? Number(node.Number) : "null"); break;
                default: Output.Append(node.Kind == DataKind.Null ? "null" : node.Text); break;
            }
            return Output.Length <= Limit;
        }

        private bool WriteList(DataNode node, int depth)
        {
            Output.Append('[');
            for (var i = 0; i < node.Items.Count; i++)
            {
                if (i > 0) Output.Append(',');
                if (!Write(node.Items[i], depth)) return false;
            }
            Output.Append(']');
            return true;
        }

        private bool WriteMap(DataNode node, int depth)
        {
            Output.Append('{');
            for (var i = 0; i < node.Entries.Count; i++)
            {
                if (i > 0) Output.Append(',');
                Quote(node.Entries[i].Key, Output);
                Output.Append(':');
                if (!Write(node.Entries[i].Value, depth)) return false;
            }
            Output.Append('}');
            return true;
        }
    }

    private static void Quote(string text, StringBuilder output)
    {
        output.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '\\') output.Append('\\').Append(c);
            else if (c < ' ') AppendControl(c, output);
            else if (char.IsSurrogate(c) && !IsPaired(text, i)) output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else output.Append(c);
        }
        output.Append('"');
    }

    private static bool IsPaired(string text, int i) => char.IsHighSurrogate(text[i])
        ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
        : i > 0 && char.IsHighSurrogate(text[i - 1]);

    private static void AppendControl(char c, StringBuilder output) => output.Append(c switch
    {
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
    });

    // .NET and JavaScript agree on the shortest digits, not on where the exponent starts.
    private static string Shortest(double value)
    {
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var round = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = value < 0 ? "-" : "";
        var digits = Digits(round.TrimStart('-'));
        var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = exponent + 1;
        if (point is > 0 and <= 21)
            return sign + (digits.Length <= point ? digits.PadRight(point, '0') : digits[..point] + "." + digits[point..]);
        if (point is > -6 and <= 0) return sign + "0." + new string('0', -point) + digits;
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return $"{sign}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }

    private static string Digits(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = (e < 0 ? text : text[..e]).Replace(".", "", StringComparison.Ordinal);
        return mantissa.TrimStart('0').TrimEnd('0') is { Length: > 0 } digits ? digits : "0";
    }
}
