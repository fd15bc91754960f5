namespace ClawGrains.Skills.Parsing;

/// <summary>Whose reading of YAML applies where readers differ.</summary>
internal enum YamlDialect
{
    /// <summary>The npm package yaml with its core schema: unknown tags are warnings, aliases are counted.</summary>
    Lenient,
    /// <summary>js-yaml with its default schema: unknown tags are errors, dates are no strings.</summary>
    Strict,
}
