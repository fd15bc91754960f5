using ClawGrains.Skills.Model;
using ClawGrains.Skills.Text;

namespace ClawGrains.Skills.Parsing;

/// <summary>
/// Reads the fields as OpenClaw does: YAML first; where that fails on a line of free text, the line's value is quoted and
/// YAML tried again; fields that only the line reader sees are added; a value like <c>a: b: {c}</c> that YAML took for a
/// mapping although the line is plain text stays text.
/// </summary>
internal static class FieldReader
{
    public static SkillFields Read(string block)
    {
        if (block.Length == 0) return new SkillFields();
        var lines = LineFields.Read(block);
        var recovered = FreeText.Recover(block, YamlReader.Read(block));
        var fields = recovered.Result.IsMap
            ? Merge(recovered.Block, recovered.Result, lines)
            : new SkillFields { Text = lines, Error = recovered.Result.Error ?? NotAMapping };
        foreach (var key in recovered.Keys)
            fields.Warnings.Add(new SkillDiagnostic(SkillCodes.Recovered,
                $"the value of '{key.Name}' is not valid YAML and was read as plain text; put it in quotes", key.Line));
        return fields;
    }

    private static YamlError NotAMapping { get; } =
        new(SkillCodes.InvalidRoot, "the front matter must be a mapping of fields (name: value)", 1, 1);

    private static SkillFields Merge(string block, YamlResult yaml, Dictionary<string, string> lines)
    {
        var fields = new SkillFields();
        var colonKeys = KeysWithInlineColon(block, yaml.TopLevelKeys, fields);
        foreach (var (rawKey, value) in yaml.Root!.Entries)
            if (JsText.Trim(rawKey) is { Length: > 0 } key) Add(fields, key, value, colonKeys.Contains(key) ? lines.GetValueOrDefault(key) : null);
        foreach (var (key, value) in lines) fields.Text.TryAdd(key, value);
        return fields;
    }

    private static void Add(SkillFields fields, string key, DataNode value, string? plainText)
    {
        switch (value.Kind)
        {
            case DataKind.Null: return;
            case DataKind.String: fields.Text[key] = JsText.Trim(value.Text); return;
            case DataKind.Number: fields.Text[key] = JsonText.Number(value.Number); return;
            case DataKind.Boolean: fields.Text[key] = value.Text; return;
        }
        if (plainText is not null)
        {
            fields.Text[key] = plainText;
            return;
        }
        // One budget for all fields: text that shared nodes would multiply is written once beyond it, then never again.
        var json = JsonText.Write(value, fields.JsonBudget);
        fields.JsonBudget -= json?.Length ?? fields.JsonBudget;
        if (json is null) return;
        fields.Text[key] = json;
        fields.Structured[key] = value;
    }

    private static HashSet<string> KeysWithInlineColon(string block, IReadOnlyList<KeyMark> marks, SkillFields fields)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var lines = block.Split('\n');
        foreach (var mark in marks)
        {
            fields.Places[mark.Key] = (mark.Line, mark.Column);
            if (mark.Line > lines.Length || mark.Column > lines[mark.Line - 1].Length + 1) continue;
            var line = lines[mark.Line - 1][(mark.Column - 1)..];
            if (LineFields.TryMatch(line, out var key, out var value) && value.Contains(':')) keys.Add(key);
        }
        return keys;
    }
}
