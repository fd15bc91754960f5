using System.Collections.Immutable;
using System.Text.Json;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Scanning;

/// <summary>
/// Reads a scan policy from JSON: <c>{"refuse_from":"warning","may_force":false,"rules":{"long-encoded-text":"off"},
/// "extra":[{"name":"x","severity":"critical","pattern":"…","message":"…"}]}</c>. Anything it does not understand is an
/// error: a policy that was meant to forbid must not come out as one that permits.
/// </summary>
public static class ScanPolicyReader
{
    private static readonly string[] Fields = ["refuse_from", "may_force", "rules", "extra"];

    /// <summary>The policy of a file.</summary>
    /// <exception cref="PluginException">InvalidManifest, with what is wrong.</exception>
    public static ScanPolicy Read(string file, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Policy(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new PluginException(PluginErrorKind.InvalidManifest, $"{file}: {e.Message}", e);
        }
    }

    private static ScanPolicy Policy(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("a scan policy is a JSON object");
        foreach (var field in root.EnumerateObject())
            if (!Fields.Contains(field.Name)) throw new FormatException($"'{field.Name}' is not a field of a scan policy; there are {string.Join(", ", Fields)}");
        var rules = KnownRules.Patterns.AddRange(root.TryGetProperty("extra", out var extra) ? extra.EnumerateArray().Select(Rule) : []);
        if (rules.GroupBy(r => r.Name).FirstOrDefault(g => g.Count() > 1) is { } twice) throw new FormatException($"the rule '{twice.Key}' is there twice");
        return new ScanPolicy
        {
            Rules = rules,
            RefuseFrom = root.TryGetProperty("refuse_from", out var from) ? Severity(from) ?? throw new FormatException("refuse_from can't be off") : ScanSeverity.Critical,
            MayForce = !root.TryGetProperty("may_force", out var force) || force.GetBoolean(),
            Severities = root.TryGetProperty("rules", out var changed) ? Changed(changed, rules) : ImmutableDictionary<string, ScanSeverity?>.Empty,
        };
    }

    private static ImmutableDictionary<string, ScanSeverity?> Changed(JsonElement changed, ImmutableArray<ScanRule> rules)
    {
        foreach (var field in changed.EnumerateObject())
            if (!KnownRules.Structural.ContainsKey(field.Name) && !rules.Any(r => r.Name == field.Name))
                throw new FormatException($"there is no rule '{field.Name}'; there are {string.Join(", ", KnownRules.Structural.Keys.Concat(rules.Select(r => r.Name)).Order(StringComparer.Ordinal))}");
        return changed.EnumerateObject().ToImmutableDictionary(f => f.Name, f => Severity(f.Value));
    }

    private static ScanRule Rule(JsonElement rule)
    {
        string Text(string name) => rule.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : throw new FormatException($"a rule of 'extra' lacks '{name}'");
        return new ScanRule(Text("name"), rule.TryGetProperty("severity", out var s) ? Severity(s) ?? ScanSeverity.Info : ScanSeverity.Critical, Text("pattern"), Text("message"));
    }

    private static ScanSeverity? Severity(JsonElement value) => value.GetString() switch
    {
        "critical" => ScanSeverity.Critical,
        "warning" => ScanSeverity.Warning,
        "info" => ScanSeverity.Info,
        "off" => null,
        var other => throw new FormatException($"'{other}' is not one of critical, warning, info, off"),
    };
}
