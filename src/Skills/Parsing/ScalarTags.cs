using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClawGrains.Skills.Parsing;

/// <summary>A scalar with its explicit tag, or by the core schema where it has none.</summary>
internal static class ScalarTags
{
    private const string Prefix = "tag:yaml.org,2002:";

    public static DataNode Resolve(Scalar scalar)
    {
        var (line, column) = ((int)scalar.Start.Line, (int)scalar.Start.Column);
        if (!scalar.Tag.IsEmpty) return Tagged(scalar, line, column);
        return scalar.Style == ScalarStyle.Plain
            ? Scalars.Plain(scalar.Value, line, column)
            : Scalars.String(scalar.Value, line, column);
    }

    // An unknown tag, or a value that does not fit its tag, is a warning to OpenClaw's reader: the text stays.
    private static DataNode Tagged(Scalar scalar, int line, int column)
    {
        var value = scalar.Value;
        var tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
        return tag switch
        {
            Prefix + "null" when Scalars.IsNull(value) => Scalars.Plain("", line, column),
            Prefix + "bool" when Scalars.IsBoolean(value) => Scalars.Boolean(value, line, column),
            Prefix + "int" or Prefix + "float" when Scalars.TryNumber(value, out _) => Scalars.Plain(value, line, column),
            _ => Scalars.String(value, line, column),
        };
    }
}
