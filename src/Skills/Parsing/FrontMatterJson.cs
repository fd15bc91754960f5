namespace ClawGrains.Skills.Parsing;

/// <summary>The front matter of a <c>SKILL.md</c> as JSON.</summary>
public static class FrontMatterJson
{
    /// <summary>The greatest number of UTF-16 characters of the JSON.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>
    /// A JSON object of the front matter of <paramref name="source"/> (the whole file). Null where there is none, where it
    /// is no YAML mapping (the lenient dialect loads some that are not), or where it is deeper or larger than the limits.
    /// </summary>
    public static string? TryWrite(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var block = FrontMatterBlock.Split(source);
        if (block.State != FrontMatterState.Present) return null;
        var yaml = YamlReader.Read(block.Yaml);
        return yaml.IsMap ? JsonText.Write(yaml.Root!, MaxLength) : null;
    }
}
