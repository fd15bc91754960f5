using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Eligibility;

/// <summary>Judges a skill by what its <c>openclaw</c> block requires, as OpenClaw's own status does.</summary>
public static class SkillEligibility
{
    /// <summary>The report for one valid skill. An invalid one is never eligible, visible or invocable.</summary>
    public static EligibilityReport Evaluate(SkillDocument skill, SkillEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(skill);
        ArgumentNullException.ThrowIfNull(environment);
        if (!skill.IsValid) return Rejected;
        var settings = environment.GetSettings(skill.SkillKey);
        var disabled = settings is { Enabled: false };
        var missing = Missing(skill, environment, settings);
        var eligible = !disabled && missing.IsEmpty;
        return new EligibilityReport
        {
            Eligible = eligible,
            Disabled = disabled,
            ModelVisible = eligible && !skill.DisableModelInvocation,
            UserInvocable = skill.UserInvocable,
            CommandVisible = eligible && skill.UserInvocable,
            Missing = missing,
        };
    }

    private static EligibilityReport Rejected { get; } = new()
    {
        Eligible = false,
        Disabled = false,
        ModelVisible = false,
        UserInvocable = false,
        CommandVisible = false,
        Missing = MissingRequirements.None,
    };

    private static MissingRequirements Missing(SkillDocument skill, SkillEnvironment environment, SkillSettings? settings)
    {
        var block = skill.OpenClaw;
        var os = MissingOs(block.Os, environment.Platform);
        if (block.Always) return new MissingRequirements { Os = os };
        var requires = block.Requires;
        return new MissingRequirements
        {
            Bins = Except(requires.Bins, environment.HasBinary),
            AnyBins = requires.AnyBins.Any(environment.HasBinary) ? [] : requires.AnyBins,
            Env = Except(requires.Env, name => IsSet(name, block, environment, settings)),
            Config = Except(requires.Config, path => environment.GetConfig(path) ?? IsOnByDefault(path)),
            Os = os,
            Plugins = Except(skill.Plugins, environment.HasPlugin),
        };
    }

    private static IReadOnlyList<string> MissingOs(IReadOnlyList<string> wanted, string platform) =>
        wanted.Count == 0 || wanted.Any(o => Normalize(o) == Normalize(platform)) ? [] : wanted;

    private static string Normalize(string platform) =>
        platform.Trim().ToLowerInvariant() is var name && name == "macos" ? "darwin" : name;

    private static bool IsSet(string name, OpenClawBlock block, SkillEnvironment environment, SkillSettings? settings) =>
        !string.IsNullOrWhiteSpace(environment.GetVariable(name))
        || (settings is not null && !string.IsNullOrWhiteSpace(settings.Env.GetValueOrDefault(name)))
        || (settings is { HasApiKey: true } && block.PrimaryEnv == name);

    // OpenClaw's browser is on unless its configuration says otherwise, and skills may require it.
    private static bool IsOnByDefault(string path) => path is "browser.enabled" or "browser.evaluateEnabled";

    private static IReadOnlyList<string> Except(IReadOnlyList<string> wanted, Func<string, bool> has) =>
        wanted.Count == 0 ? [] : [.. wanted.Where(w => !has(w))];
}
