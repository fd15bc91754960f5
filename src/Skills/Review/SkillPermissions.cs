using ClawGrains.Skills.Model;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Review;

/// <summary>Reads what a skill asks for, out of its front matter, its text and its files. Nothing is executed.</summary>
public static class SkillPermissions
{
    /// <summary>All that it asks for, each once, in a fixed order.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<SkillPermission> Of(SkillDocument skill)
    {
        ArgumentNullException.ThrowIfNull(skill);
        var files = SkillFiles.Enumerate(skill.BaseDirectory);
        return [.. Programs(skill).Concat(ShellUse.Scripts(files)).Concat(ShellUse.Commands(files)).Concat(Tools(skill)).Concat(Surroundings(skill)).Distinct()];
    }

    private static IEnumerable<SkillPermission> Programs(SkillDocument skill)
    {
        var requires = skill.OpenClaw.Requires;
        foreach (var program in requires.Bins) yield return new("program", program, RunsPrograms: true);
        if (requires.AnyBins.Count > 0) yield return new("program", string.Join(" or ", requires.AnyBins), RunsPrograms: true);
    }

    private static IEnumerable<SkillPermission> Tools(SkillDocument skill)
    {
        foreach (var tool in skill.AllowedTools) yield return new("tool", tool, ShellUse.IsShell(tool));
        if (skill.CommandTool is { } command) yield return new("tool", command, ShellUse.IsShell(command));
    }

    private static IEnumerable<SkillPermission> Surroundings(SkillDocument skill)
    {
        if (skill.OpenClaw.PrimaryEnv is { } key) yield return new("variable", key);
        foreach (var name in skill.OpenClaw.Requires.Env) yield return new("variable", name);
        foreach (var path in skill.OpenClaw.Requires.Config) yield return new("setting", path);
    }
}
