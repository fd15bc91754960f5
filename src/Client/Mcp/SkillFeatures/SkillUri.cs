namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>The resource URIs of skills: <c>skill://NAME/PATH</c> (SEP-2640, "Resource Mapping").</summary>
internal static class SkillUri
{
    /// <summary>The file every skill has.</summary>
    public const string Manifest = "SKILL.md";

    private const string Scheme = "skill://";

    /// <summary>The URI of a skill's <c>SKILL.md</c>.</summary>
    public static string Of(string skill) => Of(skill, Manifest);

    /// <summary>The URI of a file, whose path is relative to the skill's directory.</summary>
    public static string Of(string skill, string path) =>
        Scheme + Uri.EscapeDataString(skill) + "/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>The skill and path of a URI; null where it is not one that <see cref="Of(string, string)"/> makes.</summary>
    public static (string Skill, string Path)? TryParse(string uri)
    {
        if (!uri.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        var parts = uri[Scheme.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (parts.Length < 2 || parts.Any(p => p is "" or "." or ".." || p.Contains('/'))) return null;
        return (parts[0], string.Join('/', parts[1..]));
    }
}
