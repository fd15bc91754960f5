using System.Globalization;

namespace ClawGrains.Skills.Parsing;

/// <summary>What a plain scalar means: YAML 1.2's core schema, which OpenClaw reads by.</summary>
internal static class Scalars
{
    public static DataNode Plain(string text, int line, int column)
    {
        if (IsNull(text)) return new DataNode { Kind = DataKind.Null, Line = line, Column = column };
        if (IsBoolean(text)) return Boolean(text, line, column);
        if (TryNumber(text, out var number)) return new DataNode { Kind = DataKind.Number, Number = number, Line = line, Column = column };
        return String(text, line, column);
    }

    public static DataNode String(string text, int line, int column) =>
        new() { Kind = DataKind.String, Text = text, Line = line, Column = column };

    public static DataNode Boolean(string text, int line, int column) =>
        new() { Kind = DataKind.Boolean, Text = text is ['t' or 'T', ..] ? "true" : "false", Line = line, Column = column };

    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool IsBoolean(string text) => text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";

    public static bool TryNumber(string text, out double number)
    {
        number = 0;
        if (text.Length == 0 || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')) return false;
        if (text.StartsWith("0o", StringComparison.Ordinal)) return TryRadix(text.AsSpan(2), 8, out number);
        if (text.StartsWith("0x", StringComparison.Ordinal)) return TryRadix(text.AsSpan(2), 16, out number);
        return TrySpecial(text, out number) || (IsDecimal(text) && TryParse(text, out number));
    }

    private static bool TrySpecial(string text, out double number)
    {
        number = double.NaN;
        if (text is ".nan" or ".NaN" or ".NAN") return true;
        number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return text.TrimStart(text[0] is '+' or '-' ? text[0] : '\0') is ".inf" or ".Inf" or ".INF";
    }

    private static bool TryRadix(ReadOnlySpan<char> digits, int radix, out double number)
    {
        number = 0;
        if (digits.IsEmpty) return false;
        foreach (var c in digits)
        {
            if (!char.IsAsciiHexDigit(c)) return false;
            var digit = Convert.ToInt32(c.ToString(), 16);
            if (digit >= radix) return false;
            number = number * radix + digit;
        }
        return true;
    }

    // [-+]? digits, then an optional fraction and exponent; a leading point needs a digit after it.
    private static bool IsDecimal(string text)
    {
        var i = text[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(text, ref i);
        var fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            fraction = Digits(text, ref i);
        }
        if (whole + fraction == 0) return false;
        if (i == text.Length) return true;
        if (text[i] is not ('e' or 'E')) return false;
        i++;
        if (i < text.Length && text[i] is ('+' or '-')) i++;
        return Digits(text, ref i) > 0 && i == text.Length;
    }

    private static int Digits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
        return i - start;
    }

    private static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
