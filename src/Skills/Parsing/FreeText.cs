using ClawGrains.Skills.Model;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// The dialect's recovery: authors write descriptions without quotes. When YAML fails on a top-level line of
/// <c>description</c> (or, for a colon, <c>read_when</c> and <c>summary</c>), that line's value is quoted and read again.
/// </summary>
internal static class FreeText
{
    private const int MaxRounds = 3;

    internal readonly record struct Key(string Name, int Line);

    internal sealed record Outcome(string Block, YamlResult Result, IReadOnlyList<Key> Keys);

    public static Outcome Recover(string block, YamlResult first)
    {
        var (current, result, keys) = (block, first, new List<Key>());
        for (var round = 0; round < MaxRounds && !result.IsMap; round++)
        {
            if (Quote(current, result, out var key) is not { } next || next == current) break;
            current = next;
            result = YamlReader.Read(next);
            keys.Add(key);
        }
        return new Outcome(current, result, result.IsMap ? keys : []);
    }

    private static string? Quote(string block, YamlResult result, out Key key)
    {
        key = default;
        if (ErrorLine(result) is not { } number) return null;
        var lines = block.Split('\n');
        if (number < 1 || number > lines.Length || !TryField(lines[number - 1], out var name, out var value)) return null;
        if (!IsRecoverable(name, value, result.Error)) return null;
        key = new Key(name, number);
        lines[number - 1] = $"{name}: {JsonText.Quote(LineFields.StripQuotes(value))}";
        return string.Join('\n', lines);
    }

    // An alias fails only when it is followed, which has no place in the text: then it is the description's own line.
    private static int? ErrorLine(YamlResult result) => result.Error switch
    {
        null => null,
        { Code: SkillCodes.Alias } => result.TopLevelKeys.Where(k => k is { Key: "description", IsAlias: true }).Select(k => (int?)k.Line).FirstOrDefault(),
        var error => error.RecoveryLine,
    };

    private static bool IsRecoverable(string name, string value, YamlError? error) =>
        value.Length > 0 && !IsBlockHeader(value) && name switch
        {
            "description" => true,
            "read_when" or "summary" => error?.Code == SkillCodes.NestedMapping && value.Contains(": ", StringComparison.Ordinal),
            _ => false,
        };

    private static bool TryField(string line, out string name, out string value)
    {
        var unquoted = Unquoted(line);
        // YAML sees a field only where a blank follows the colon.
        var matches = LineFields.TryMatch(unquoted, out name, out var raw) && unquoted.AsSpan(name.Length + 1) is [' ' or '\t', ..];
        value = matches ? JsText.Trim(raw).ToString() : "";
        return matches;
    }

    // "key": value and 'key': value count as key: value.
    private static string Unquoted(string line)
    {
        if (line.Length < 3 || line[0] is not ('"' or '\'')) return line;
        var close = line.IndexOf(line[0], 1);
        return close > 1 && close + 1 < line.Length && line[close + 1] == ':' ? line[1..close] + line[(close + 1)..] : line;
    }

    private static bool IsBlockHeader(string value) => value switch
    {
        ['|' or '>'] => true,
        ['|' or '>', >= '1' and <= '9' or '+' or '-'] => true,
        ['|' or '>', >= '1' and <= '9', '+' or '-'] or ['|' or '>', '+' or '-', >= '1' and <= '9'] => true,
        _ => false,
    };
}
