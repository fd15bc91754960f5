using System.Text.Json;
using ClawGrains.Skills.Eligibility;
using ClawGrains.Skills.Validation;

namespace ClawGrains.Skills.Tests.Corpus;

/// <summary>Agreement with the recorded verdicts; every disagreement is listed in docs/skill-dialect.md.</summary>
public sealed class CorpusAgreementTests
{
    private const double LenientShare = 0.995;
    private const double StrictShare = 0.98;

    [DataFact("skills")]
    public void Lenient_RecordedOpenClawVerdicts_Agree() =>
        Compare("*.openclaw-verdict.json", "corpusPath", strict: false, LenientDifference, LenientShare);

    [DataFact("skills")]
    public void Strict_RecordedReferenceVerdicts_Agree() =>
        Compare("*.skills-ref-verdict.json", "path", strict: true, StrictDifference, StrictShare);

    private static void Compare(string pattern, string pathField, bool strict, Func<JsonElement, SkillValidationRow, string?> differ, double share)
    {
        var (total, differences) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(TestData.Find("skills")!, pattern))
        {
            var tree = Path.Combine(TestData.Find("skills")!, Path.GetFileName(file).Split('.')[0]);
            var rows = Rows(tree, strict);
            using var verdicts = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var verdict in verdicts.RootElement.EnumerateArray())
            {
                var path = Path.Combine(tree, verdict.GetProperty(pathField).GetString()!, "SKILL.md");
                if (!File.Exists(path)) continue;
                total++;
                if (differ(verdict, rows[path]) is { } difference) differences.Add($"{path}: {difference}");
            }
        }
        total.ShouldBeGreaterThan(100, "the corpus was not found");
        ((double)(total - differences.Count) / total).ShouldBeGreaterThanOrEqualTo(share, string.Join('\n', differences));
    }

    private static Dictionary<string, SkillValidationRow> Rows(string tree, bool strict) => SkillValidator
        .Validate([tree], new SkillValidationOptions { Strict = strict, Environment = SkillEnvironment.Bare() })
        .ToDictionary(r => r.Path);

    private static string? LenientDifference(JsonElement verdict, SkillValidationRow row)
    {
        if (verdict.GetProperty("loaded").GetBoolean() != row.Loaded) return $"loaded is {row.Loaded}: {string.Join("; ", row.Errors)}";
        if (!row.Loaded) return null;
        return Text(verdict, "name", row.Name) ?? Text(verdict, "description", row.Description)
            ?? Flag(verdict, "eligible", row.Eligibility.Eligible) ?? Flag(verdict, "modelVisible", row.Eligibility.ModelVisible)
            ?? Flag(verdict, "userInvocable", row.Eligibility.UserInvocable) ?? Flag(verdict, "commandVisible", row.Eligibility.CommandVisible)
            ?? Missing(verdict.GetProperty("missing"), row.Eligibility.Missing);
    }

    private static string? StrictDifference(JsonElement verdict, SkillValidationRow row)
    {
        var expected = verdict.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!).ToList();
        var actual = row.Errors.Select(e => e.Message).ToList();
        if (expected.Count == 1 && expected[0].StartsWith("Invalid YAML", StringComparison.Ordinal) && actual is [['I', 'n', 'v', ..]]) return null;
        return expected.SequenceEqual(actual) ? null : $"expected [{string.Join("; ", expected)}], got [{string.Join("; ", actual)}]";
    }

    private static string? Missing(JsonElement expected, MissingRequirements actual) =>
        List(expected, "bins", actual.Bins) ?? List(expected, "anyBins", actual.AnyBins) ?? List(expected, "env", actual.Env)
        ?? List(expected, "config", actual.Config) ?? List(expected, "os", actual.Os);

    private static string? Text(JsonElement verdict, string field, string actual) =>
        verdict.GetProperty(field).GetString() is var expected && expected == actual ? null : $"{field}: expected '{expected}', got '{actual}'";

    private static string? Flag(JsonElement verdict, string field, bool actual) =>
        verdict.GetProperty(field).GetBoolean() == actual ? null : $"{field} is {actual}";

    private static string? List(JsonElement verdict, string field, IReadOnlyList<string> actual) =>
        verdict.GetProperty(field).EnumerateArray().Select(e => e.GetString()!).SequenceEqual(actual) ? null : $"missing {field}: {string.Join(", ", actual)}";
}
