using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Strict;

/// <summary>Values as JavaScript's <c>String(x)</c> gives them.</summary>
internal static class StrictScalars
{
    public static bool IsString(DataNode node) => node.Kind == DataKind.String;

    public static string Text(DataNode node) => node.Kind switch
    {
        DataKind.Null => "null",
        DataKind.Number => JsonText.Number(node.Number),
        DataKind.Map => "[object Object]",
        DataKind.List => string.Join(',', node.Items.Select(i => i.Kind == DataKind.Null ? "" : Text(i))),
        _ => node.Text,
    };
}
