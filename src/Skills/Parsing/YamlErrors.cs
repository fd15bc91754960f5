using ClawGrains.Skills.Model;
using YamlDotNet.Core;

namespace ClawGrains.Skills.Parsing;

/// <summary>Turns YamlDotNet's exceptions into errors with a code and a place.</summary>
internal static class YamlErrors
{
    public static YamlError From(YamlException error, string block)
    {
        var code = error.Message switch
        {
            var m when m.StartsWith(SkillCodes.TooDeep, StringComparison.Ordinal) => SkillCodes.TooDeep,
            var m when m.StartsWith("Mapping values are not allowed", StringComparison.Ordinal) => SkillCodes.NestedMapping,
            _ => SkillCodes.InvalidYaml,
        };
        var mark = IsUnclosed(error) ? error.End : error.Start;
        var (line, column) = Clamp(mark, block);
        return new YamlError(code, Message(code, error.Message), line, column);
    }

    // What does not end is missed at the end.
    private static bool IsUnclosed(YamlException error) =>
        error.Message.Contains("unexpected end of stream", StringComparison.Ordinal);

    private static string Message(string code, string message) => code switch
    {
        SkillCodes.NestedMapping => "a value with ': ' in it must be quoted (YAML reads it as a nested mapping)",
        SkillCodes.TooDeep => message[(SkillCodes.TooDeep.Length + 2)..],
        _ => message,
    };

    private static (int Line, int Column) Clamp(Mark mark, string block)
    {
        var lines = 1;
        foreach (var c in block) if (c == '\n') lines++;
        return ((int)Math.Clamp(mark.Line, 1, lines), (int)Math.Max(mark.Column, 1));
    }
}
