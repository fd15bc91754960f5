using ClawGrains.Contracts;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Packages;

namespace ClawGrains.Grains.Approvals;

/// <summary>Words what kept a skill from being installed.</summary>
internal static class SkillFailures
{
    public static PluginException Of(string subject, SkillInstallResult result)
    {
        if (result.Errors is [{ Code: "CONFLICT" } taken])
            return new PluginException(PluginErrorKind.Incompatible, $"{taken.Message}. To put the new one in its place, give --force.");
        // Only a skill that was read has lines to point at.
        var lines = result.Errors.Select(e => result.Name is null || e.Line == 0 ? e.Message : $"SKILL.md:{e.Line}:{e.Column}: {e.Message}");
        var kind = result.Errors.Any(e => e.Code == SkillCodes.TooLarge) ? PluginErrorKind.ResourceExhausted : PluginErrorKind.InvalidManifest;
        return new PluginException(kind, $"{subject}: {string.Join("; ", lines)}");
    }
}
