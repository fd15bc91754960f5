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
            var m when IsNestedMapping(m) => SkillCodes.NestedMapping,
            _ => SkillCodes.InvalidYaml,
        };
        var lines = block.AsSpan().Count('\n') + 1;
        var line = (int)Math.Clamp(error.Start.Line, 1, lines);
        return new YamlError(code, Message(code, error.Message), line, (int)Math.Max(error.Start.Column, 1))
        {
            RecoveryLine = IsUnindented(error) ? 0 : IsUnclosed(error) ? lines : line,
        };
    }

    private static bool IsNestedMapping(string message) =>
        message.StartsWith("Mapping values are not allowed", StringComparison.Ordinal)
        || message.EndsWith("found invalid mapping.", StringComparison.Ordinal);

    private static bool IsUnindented(YamlException error) =>
        error.Message.Contains("wrong indentation", StringComparison.Ordinal);

    // A quote that does not close is missed at the end of the block.
    private static bool IsUnclosed(YamlException error) =>
        error.Message.Contains("unexpected end of stream", StringComparison.Ordinal);

    private static string Message(string code, string message) => code switch
    {
        SkillCodes.NestedMapping => "a value with ': ' in it must be quoted (YAML reads it as a nested mapping)",
        SkillCodes.TooDeep => message[(SkillCodes.TooDeep.Length + 2)..],
        _ => message,
    };
}
