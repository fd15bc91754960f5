using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClawGrains.Skills.Parsing;

/// <summary>A scalar with its explicit tag, or by the core schema where it has none.</summary>
internal static class ScalarTags
{
    private const string JavaScriptDate = "ddd MMM dd yyyy HH:mm:ss 'GMT+0000 (Coordinated Universal Time)'";
    private const string Prefix = "tag:yaml.org,2002:";

    public static DataNode Resolve(Scalar scalar, YamlDialect dialect)
    {
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        if (!scalar.Tag.IsEmpty) return dialect == YamlDialect.Strict ? StrictlyTagged(scalar, line, column) : Tagged(scalar, line, column);
        if (dialect == YamlDialect.Strict && scalar.Style == ScalarStyle.Plain) return StrictPlain(Text(scalar), line, column);
        return scalar.Style == ScalarStyle.Plain
            ? Scalars.Plain(Text(scalar), line, column)
            : Scalars.String(Text(scalar), line, column);
    }

    // An unknown tag, or a value that does not fit its tag, is a warning to OpenClaw's reader: the text stays.
    private static DataNode Tagged(Scalar scalar, int line, int column)
    {
        var value = Text(scalar);
        var tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
        return tag switch
        {
            Prefix + "null" when Scalars.IsNull(value) => Scalars.Plain("", line, column),
            Prefix + "bool" when Scalars.IsBoolean(value) => Scalars.Boolean(value, line, column),
            Prefix + "int" or Prefix + "float" when Scalars.TryNumber(value, out _) => Scalars.Plain(value, line, column),
            _ => Scalars.String(value, line, column),
        };
    }

    private static DataNode StrictlyTagged(Scalar scalar, int line, int column) => scalar.Tag.IsNonSpecific
        ? Scalars.String(Text(scalar), line, column)
        : scalar.Tag.Value switch
        {
            Prefix + "str" or Prefix + "binary" => Scalars.String(Text(scalar), line, column),
            Prefix + "null" or Prefix + "bool" or Prefix + "int" or Prefix + "float" or Prefix + "timestamp" => StrictPlain(Text(scalar), line, column),
            _ => throw new SemanticErrorException(scalar.Start, scalar.End, $"unknown tag !<{scalar.Tag.Value}>"),
        };

    // js-yaml knows underscores, binary numbers and dates besides; a date is shown as its text but is no string.
    private static DataNode StrictPlain(string value, int line, int column)
    {
        if (Date(value) is { } date)
            return new DataNode { Kind = DataKind.Boolean, Text = date.ToString(JavaScriptDate, CultureInfo.InvariantCulture), Line = line, Column = column };
        var digits = char.IsAsciiDigit(value.FirstOrDefault()) && !value.EndsWith('_') ? value.Replace("_", "", StringComparison.Ordinal) : value;
        return Scalars.TryNumber(digits, out _) ? Scalars.Plain(digits, line, column) : Scalars.Plain(value, line, column);
    }

    private static DateTimeOffset? Date(string value)
    {
        if (value.Length < 10 || !char.IsAsciiDigit(value[0]) || !DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", out _)) return null;
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;
    }

    private static string Text(Scalar scalar) => YamlText.Restore(scalar.Value);
}
