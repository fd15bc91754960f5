using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Parsing;

/// <summary>The fields of a front matter: text by key, the structured values behind them, and what went wrong.</summary>
internal sealed class SkillFields
{
    public Dictionary<string, string> Text { get; init; } = new(StringComparer.Ordinal);
    public Dictionary<string, DataNode> Structured { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, (int Line, int Column)> Places { get; } = new(StringComparer.Ordinal);
    public int JsonBudget { get; set; } = SkillLimits.MaxJsonText;
    public YamlError? Error { get; init; }
    public List<SkillDiagnostic> Warnings { get; } = [];

    public string? this[string key] => Text.GetValueOrDefault(key);
}
