using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>
/// Front matter as JSON, every field as its author wrote it (SEP-2640, "Frontmatter"). Plain scalars are resolved by
/// the core schema of YAML 1.2 (§10.3.2), as clients do that compare it with the file.
/// </summary>
internal static class FrontmatterJson
{
    /// <summary>The greatest number of nodes, aliases counted as what they stand for.</summary>
    public const int MaxNodes = 10_000;

    private const int MaxDepth = 64;

    /// <summary>The front matter of a <c>SKILL.md</c>; null where it is not a YAML mapping, or too large a one.</summary>
    public static JsonObject? TryRead(string source)
    {
        if (Block(source) is not { } yaml) return null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            var nodes = 0;
            return stream.Documents.Count == 1 ? Convert(stream.Documents[0].RootNode, 0, ref nodes) as JsonObject : null;
        }
        catch (Exception e) when (e is YamlException or InvalidDataException or ArgumentException)
        {
            // Such a skill is one of the lenient dialect, which this extension does not carry.
            return null;
        }
    }

    private static string? Block(string source)
    {
        var text = source.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        if (!text.StartsWith("---\n", StringComparison.Ordinal)) return null;
        var end = text.IndexOf("\n---", 3, StringComparison.Ordinal);
        return end < 0 ? null : text[4..Math.Max(4, end)];
    }

    private static JsonNode? Convert(YamlNode node, int depth, ref int nodes)
    {
        if (++nodes > MaxNodes || depth > MaxDepth) throw new InvalidDataException("The front matter is too large.");
        if (node is YamlScalarNode scalar) return Scalar(scalar);
        if (node is YamlSequenceNode sequence)
        {
            var array = new JsonArray();
            foreach (var item in sequence) array.Add(Convert(item, depth + 1, ref nodes));
            return array;
        }
        var result = new JsonObject();
        foreach (var (key, value) in (YamlMappingNode)node)
            result.Add((key as YamlScalarNode)?.Value ?? throw new InvalidDataException("A key is not a scalar."),
                Convert(value, depth + 1, ref nodes));
        return result;
    }

    private static JsonNode? Scalar(YamlScalarNode node)
    {
        var text = node.Value ?? "";
        if (node.Style != ScalarStyle.Plain) return text;
        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => Number(text) ?? text,
        };
    }

    private static JsonNode? Number(string text)
    {
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('-' or '+' or '.')) return null;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }
}
