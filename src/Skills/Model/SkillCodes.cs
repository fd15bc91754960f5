namespace ClawGrains.Skills.Model;

/// <summary>The stable codes of <see cref="SkillDiagnostic"/>.</summary>
public static class SkillCodes
{
    /// <summary>The YAML of the front matter cannot be read.</summary>
    public const string InvalidYaml = "INVALID_YAML";
    /// <summary>A plain value holds a colon and a space, which YAML reads as a nested mapping.</summary>
    public const string NestedMapping = "BLOCK_AS_IMPLICIT_KEY";
    /// <summary>A value over several lines is not indented deeper than its field.</summary>
    public const string BadIndent = "BAD_INDENT";
    /// <summary>A field's name spans lines.</summary>
    public const string MultilineKey = "MULTILINE_IMPLICIT_KEY";
    /// <summary>A field's name has no colon and space after it.</summary>
    public const string MissingColon = "MISSING_CHAR";
    /// <summary>A mapping names the same key twice.</summary>
    public const string DuplicateKey = "DUPLICATE_KEY";
    /// <summary>The front matter is not a mapping.</summary>
    public const string InvalidRoot = "INVALID_ROOT";
    /// <summary>The front matter opens with <c>---</c> and never closes.</summary>
    public const string Unterminated = "UNTERMINATED_FRONTMATTER";
    /// <summary>An alias has no anchor, or aliases expand beyond the limit.</summary>
    public const string Alias = "YAML_EXCEPTION";
    /// <summary>Mappings and sequences nest deeper than the limit.</summary>
    public const string TooDeep = "TOO_DEEP";
    /// <summary>The file, or its front matter, is longer than the limit.</summary>
    public const string TooLarge = "TOO_LARGE";
    /// <summary>The file cannot be opened or read.</summary>
    public const string Unreadable = "UNREADABLE";
    /// <summary>A link leads outside its root.</summary>
    public const string LinkEscape = "LINK_ESCAPE";
    /// <summary>There is no description.</summary>
    public const string DescriptionRequired = "DESCRIPTION_REQUIRED";
    /// <summary>There is neither a name nor a directory to take it from.</summary>
    public const string NameRequired = "NAME_REQUIRED";
    /// <summary>The file is not valid UTF-8; bad bytes were replaced by U+FFFD.</summary>
    public const string InvalidUtf8 = "INVALID_UTF8";
    /// <summary>The file holds NUL bytes, so it is not text.</summary>
    public const string Binary = "BINARY";
    /// <summary>Free text was read as plain text although YAML reads it otherwise.</summary>
    public const string Recovered = "RECOVERED_TEXT";
    /// <summary>The value of <c>metadata</c> is neither a mapping nor JSON5.</summary>
    public const string MetadataIgnored = "METADATA_IGNORED";
    /// <summary>An install spec was dropped because a value is missing or unsafe.</summary>
    public const string InstallDropped = "INSTALL_DROPPED";
    /// <summary>A boolean field has a value that is no boolean; the default applies.</summary>
    public const string NotBoolean = "NOT_BOOLEAN";
    /// <summary><c>command-dispatch</c> is ignored: <c>command-tool</c> is missing or the kind is unknown.</summary>
    public const string DispatchIgnored = "DISPATCH_IGNORED";
    /// <summary><c>command-arg-mode</c> is unknown; raw applies.</summary>
    public const string ArgModeUnknown = "ARG_MODE_UNKNOWN";
    /// <summary>A rule of the Agent Skills specification is broken (strict mode).</summary>
    public const string Specification = "SPECIFICATION";
    /// <summary>Two skills of one layer have the same name.</summary>
    public const string DuplicateName = "DUPLICATE_NAME";
    /// <summary>A skill of a higher layer hides this one.</summary>
    public const string Shadowed = "SHADOWED";
}
