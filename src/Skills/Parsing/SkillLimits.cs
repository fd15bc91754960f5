namespace ClawGrains.Skills.Parsing;

/// <summary>Limits that no real skill meets; each stops an input made to be expensive.</summary>
internal static class SkillLimits
{
    /// <summary>Characters of front matter: OpenClaw reads no file longer than this.</summary>
    public const int MaxFrontMatter = 256_000;
    /// <summary>Characters of JSON text all fields together may expand to.</summary>
    public const int MaxJsonText = 1_000_000;
    /// <summary>Characters of JSON text a key may expand to.</summary>
    public const int MaxKeyText = 1_000;
    /// <summary>Alias uses multiplied along nesting, as the yaml package counts them.</summary>
    public const int MaxAliasCount = 100;
}
