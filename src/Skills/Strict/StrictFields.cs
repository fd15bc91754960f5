using System.Buffers;
using System.Text;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Parsing;

namespace ClawGrains.Skills.Strict;

/// <summary>
/// The front matter as the reference validator cuts and reads it: everything between the first two <c>---</c>, wherever
/// they stand, by js-yaml's rules.
/// </summary>
internal sealed class StrictFields(DataNode root, IReadOnlyList<KeyMark> keys)
{
    private static readonly SearchValues<char> NonPrintable = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085')), '\ufffe', '\uffff']);

    public DataNode Root { get; } = root;

    public SkillDiagnostic Error(string message, string key = "")
    {
        var mark = keys.FirstOrDefault(k => k.Key == key);
        return new SkillDiagnostic(SkillCodes.Specification, message, Math.Max(mark.Line, 1), Math.Max(mark.Column, 1));
    }

    public static StrictFields? Read(ReadOnlySpan<byte> source, out SkillDiagnostic? error)
    {
        var text = Encoding.UTF8.GetString(source);
        if (!text.StartsWith("---", StringComparison.Ordinal)) return Fail("SKILL.md must start with YAML frontmatter (---)", out error);
        var end = text.IndexOf("---", 3, StringComparison.Ordinal);
        if (end < 0) return Fail("SKILL.md frontmatter not properly closed with ---", out error);
        if (end > SkillLimits.MaxFrontMatter) return Fail($"SKILL.md frontmatter is longer than {SkillLimits.MaxFrontMatter} characters", out error);
        if (text.AsSpan(3, end - 3).ContainsAny(NonPrintable))
            return Fail("Invalid YAML in frontmatter: YAMLException: the stream contains non-printable characters", out error);
        var yaml = YamlReader.Read(text[3..end], YamlDialect.Strict);
        if (yaml.Error is { } e) return Fail($"Invalid YAML in frontmatter: YAMLException: {e.Message} ({e.Line}:{e.Column})", out error, e);
        if (yaml.Root is { Kind: DataKind.List }) return Fail("Invalid YAML in frontmatter: ParseError: SKILL.md frontmatter must be a YAML mapping", out error);
        if (yaml.Root is { Kind: DataKind.Boolean or DataKind.Number or DataKind.String }) return Fail("SKILL.md frontmatter must be a YAML mapping", out error);
        error = null;
        return new StrictFields(yaml.Root ?? new DataNode { Kind = DataKind.Map }, yaml.TopLevelKeys);
    }

    private static StrictFields? Fail(string message, out SkillDiagnostic? error, YamlError? at = null)
    {
        error = new SkillDiagnostic(SkillCodes.Specification, message, at?.Line ?? 1, at?.Column ?? 1);
        return null;
    }
}
