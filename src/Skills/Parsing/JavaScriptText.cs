namespace ClawGrains.Skills.Parsing;

/// <summary>JavaScript's <c>String(x)</c>: what a value becomes where text is wanted.</summary>
internal static class JavaScriptText
{
    // An alias may lead back to its own anchor; JavaScript prints nothing for the second visit either.
    private const int MaxDepth = 64;

    public static string Of(DataNode node, int depth = 0) => node.Kind switch
    {
        DataKind.Null => "null",
        DataKind.Number => JsonText.Number(node.Number),
        DataKind.Map => "[object Object]",
        DataKind.List when depth > MaxDepth => "",
        DataKind.List => string.Join(',', node.Items.Select(i => i.Kind == DataKind.Null ? "" : Of(i, depth + 1))),
        _ => node.Text,
    };
}
