using System.Collections.Immutable;
using ClawGrains.Agent.SlashCommands;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Commands;

namespace ClawGrains.Grains.Commands;

/// <summary>The commands of one snapshot.</summary>
internal sealed record CommandTable(SlashCommandRegistry Registry, ImmutableArray<string> Collisions)
{
    /// <param name="builtIn">Those of the host.</param>
    /// <param name="skills">The skills, in the order in which names are given away.</param>
    /// <param name="of">The command of a skill that has one.</param>
    public static CommandTable Of(IEnumerable<SlashCommand> builtIn, IEnumerable<SkillEntry> skills, Func<SkillEntry, SlashCommand> of)
    {
        var contributed = skills.Where(s => s.Command is not null).Select(s => (Skill: s, Command: of(s))).ToArray();
        var registry = builtIn.Concat(contributed.Select(c => c.Command)).Aggregate(SlashCommandRegistry.Empty, (table, command) => table.With(command));
        return new CommandTable(registry, [.. contributed.Select(c => Collision(registry, c.Skill, c.Command)).OfType<string>()]);
    }

    // The catalog gives each skill a name that is free; that it is not the skill's own is to be known.
    private static string? Collision(SlashCommandRegistry registry, SkillEntry skill, SlashCommand command)
    {
        var wanted = SkillCommands.Sanitize(skill.Name);
        if (wanted == command.Name) return null;
        return $"The command /{wanted} of {command.Source} is already taken by {registry.Find(wanted)?.Source ?? "the terminal"}: it is /{command.Name} until one of them is renamed.";
    }
}
