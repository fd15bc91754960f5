using System.Globalization;
using System.Text;
using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Commands;

/// <summary>Names of the slash commands that skills contribute, by OpenClaw's rules.</summary>
public static class SkillCommands
{
    private const int MaxLength = 32;

    /// <summary>
    /// One command per skill, in the order given. Pass only skills that are command-visible.
    /// Names already taken (built-in commands) are given in <paramref name="reserved"/>; a clash gets <c>_2</c>, <c>_3</c>…
    /// </summary>
    public static IReadOnlyList<SkillCommand> Build(IEnumerable<SkillDocument> skills, IEnumerable<string>? reserved = null)
    {
        ArgumentNullException.ThrowIfNull(skills);
        var used = new HashSet<string>(reserved ?? [], StringComparer.OrdinalIgnoreCase);
        var commands = new List<SkillCommand>();
        foreach (var skill in skills)
        {
            var name = Unique(Sanitize(skill.Name), used);
            used.Add(name);
            commands.Add(new SkillCommand(name, skill, skill.CommandTool));
        }
        return commands;
    }

    /// <summary>A skill's name as a command: lower case, every run of other characters one underscore, cut at 32; <c>skill</c> where nothing is left.</summary>
    public static string Sanitize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        foreach (var c in name.Trim().ToLowerInvariant())
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) text.Append(c);
            else if (text.Length > 0 && text[^1] != '_') text.Append('_');
        var trimmed = text.ToString().TrimEnd('_');
        return trimmed.Length == 0 ? "skill" : Cut(trimmed, MaxLength);
    }

    private static string Unique(string name, HashSet<string> used)
    {
        if (!used.Contains(name)) return name;
        for (var n = 2; ; n++)
        {
            var suffix = "_" + n.ToString(CultureInfo.InvariantCulture);
            var candidate = Cut(name, MaxLength - suffix.Length) + suffix;
            if (!used.Contains(candidate)) return candidate;
        }
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
