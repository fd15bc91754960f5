using System.Text;
using System.Text.Unicode;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// Turns the bytes of a <c>SKILL.md</c> into a <see cref="SkillDocument"/>. Never throws on content and runs in time
/// linear in its length; what cannot be read becomes an error of the document.
/// </summary>
public static class SkillParser
{
    // Line one of the file is the opening delimiter.
    private const int FirstYamlLine = 1;

    /// <summary>Parses text as if it were the file <paramref name="filePath"/>.</summary>
    public static SkillDocument Parse(string text, string filePath) => Parse(Encoding.UTF8.GetBytes(text), filePath);

    /// <summary>Parses the bytes of the file <paramref name="filePath"/>, whose directory gives the fallback name.</summary>
    public static SkillDocument Parse(ReadOnlyMemory<byte> source, string filePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(filePath);
        var warnings = new List<SkillDiagnostic>();
        var block = FrontMatterBlock.Split(Decode(source.Span, warnings));
        var fields = ReadFields(block);
        warnings.AddRange(fields.Warnings.Select(w => w with { Line = w.Line + FirstYamlLine }));
        var draft = new DocumentBuilder(fields, warnings).Build(source, filePath, block.Body);
        return draft with { Errors = Errors(block, fields, draft), Warnings = warnings };
    }

    /// <summary>A document for a file that could not be read.</summary>
    internal static SkillDocument Unread(string filePath, SkillDiagnostic error) => new()
    {
        Name = FallbackName(filePath),
        Description = "",
        Body = "",
        BaseDirectory = Path.GetDirectoryName(filePath) ?? "",
        FilePath = filePath,
        Source = default,
        Errors = [error],
    };

    internal static string FallbackName(string filePath) =>
        JsText.Trim(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(filePath))) ?? "");

    private static string Decode(ReadOnlySpan<byte> source, List<SkillDiagnostic> warnings)
    {
        if (!Utf8.IsValid(source))
            warnings.Add(new SkillDiagnostic(SkillCodes.InvalidUtf8, "the file is not valid UTF-8; bad bytes were replaced"));
        return Encoding.UTF8.GetString(source);
    }

    private static SkillFields ReadFields(FrontMatterBlock block)
    {
        if (block.Yaml.Length <= SkillLimits.MaxFrontMatter) return FieldReader.Read(block.Yaml);
        return new SkillFields
        {
            Error = new YamlError(SkillCodes.TooLarge, $"the front matter has {block.Yaml.Length} characters; {SkillLimits.MaxFrontMatter} are allowed", 1, 1),
        };
    }

    private static List<SkillDiagnostic> Errors(FrontMatterBlock block, SkillFields fields, SkillDocument draft)
    {
        if (block.State == FrontMatterState.Unterminated)
            return [new SkillDiagnostic(SkillCodes.Unterminated, "the front matter is not closed: a line of --- is missing")];
        if (fields.Error is { } error)
            return [new SkillDiagnostic(error.Code, error.Message, error.Line + FirstYamlLine, error.Column)];
        if (draft.Source.Span.Contains((byte)0) && draft.Description.Length == 0)
            return [new SkillDiagnostic(SkillCodes.Binary, "the file is binary, not a Markdown text")];
        if (draft.Name.Length == 0)
            return [new SkillDiagnostic(SkillCodes.NameRequired, "a name is required: the front matter has none, and the directory has none to lend")];
        if (draft.Description.Length == 0) return [NoDescription(block, fields)];
        return [];
    }

    private static SkillDiagnostic NoDescription(FrontMatterBlock block, SkillFields fields)
    {
        var message = block.State == FrontMatterState.Absent
            ? "a description is required: the file has no front matter (it must start with a line of ---)"
            : "a description is required: the front matter has none";
        var (line, column) = fields.Places.GetValueOrDefault("description", (0, 1));
        return new SkillDiagnostic(SkillCodes.DescriptionRequired, message, line + FirstYamlLine, column);
    }
}
