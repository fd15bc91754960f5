using System.Text;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Parsing;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Strict;

/// <summary>Checks fields in the reference validator's order: unexpected fields, name, description, compatibility.</summary>
internal sealed class StrictCheck(StrictFields fields, string directory)
{
    private const int MaxName = 64;
    private const int MaxDescription = 1024;
    private const int MaxCompatibility = 500;
    private static readonly string[] Allowed = ["allowed-tools", "compatibility", "description", "license", "metadata", "name"];
    private readonly List<SkillDiagnostic> _errors = [];

    public List<SkillDiagnostic> Run()
    {
        Unexpected();
        if (fields.Root["name"] is { } name) Name(JavaScriptText.Of(name));
        else Report("Missing required field in frontmatter: name");
        if (fields.Root["description"] is { } description) Description(JavaScriptText.Of(description));
        else Report("Missing required field in frontmatter: description");
        if (fields.Root["compatibility"] is { } compatibility) Compatibility(compatibility);
        return _errors;
    }

    private void Unexpected()
    {
        var extra = fields.Root.Entries.Select(e => e.Key).Distinct().Where(k => !Allowed.Contains(k)).Order(StringComparer.Ordinal).ToList();
        if (extra.Count > 0)
            Report($"Unexpected fields in frontmatter: {string.Join(", ", extra)}. Only {string.Join(", ", Allowed)} are allowed.", extra[0]);
    }

    private void Name(string raw)
    {
        var name = JsText.Trim(raw).Normalize(NormalizationForm.FormKC);
        if (name.Length == 0)
        {
            Report("Field 'name' must be a non-empty string", "name");
            return;
        }
        ReportIf(name.Length > MaxName, $"Skill name '{name}' exceeds {MaxName} character limit ({name.Length} chars)");
        ReportIf(name != name.ToLowerInvariant(), $"Skill name '{name}' must be lowercase");
        ReportIf(name[0] == '-' || name[^1] == '-', "Skill name cannot start or end with a hyphen");
        ReportIf(name.Contains("--", StringComparison.Ordinal), "Skill name cannot contain consecutive hyphens");
        ReportIf(!name.All(IsNameChar), $"Skill name '{name}' contains invalid characters. Only letters, digits, and hyphens are allowed.");
        ReportIf(directory.Length > 0 && directory.Normalize(NormalizationForm.FormKC) != name,
            $"Directory name '{directory}' must match skill name '{name}'");
    }

    private void Description(string description)
    {
        if (JsText.Trim(description).Length == 0) Report("Field 'description' must be a non-empty string", "description");
        else if (description.Length > MaxDescription)
            Report($"Description exceeds {MaxDescription} character limit ({description.Length} chars)", "description");
    }

    private void Compatibility(DataNode node)
    {
        if (node.Kind != DataKind.String) Report("Field 'compatibility' must be a string", "compatibility");
        else if (node.Text.Length > MaxCompatibility)
            Report($"Compatibility exceeds {MaxCompatibility} character limit ({node.Text.Length} chars)", "compatibility");
    }

    // The validator's own table: ASCII, Latin with accents, combining marks, Cyrillic and the two main CJK blocks.
    private static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c == '-'
        || c is (>= '\u00c0' and <= '\u024f') or (>= '\u0300' and <= '\u036f') or (>= '\u0400' and <= '\u04ff')
            or (>= '\u3400' and <= '\u4dbf') or (>= '\u4e00' and <= '\u9fff');

    private void ReportIf(bool broken, string message)
    {
        if (broken) Report(message, "name");
    }

    private void Report(string message, string key = "") => _errors.Add(fields.Error(message, key));
}
