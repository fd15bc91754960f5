using System.Collections.Immutable;
using System.Text;

namespace ClawGrains.Agent.SlashCommands;

/// <summary>
/// The one table of commands, built-in and contributed. Immutable: <see cref="With"/> returns a larger table, so that a
/// reader never sees a table half changed.
/// </summary>
public sealed class SlashCommandRegistry
{
    private readonly ImmutableSortedDictionary<string, SlashCommand> _commands;

    private SlashCommandRegistry(ImmutableSortedDictionary<string, SlashCommand> commands) => _commands = commands;

    /// <summary>A table with <c>/help</c> alone.</summary>
    public static SlashCommandRegistry Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, SlashCommand>(StringComparer.Ordinal));

    /// <summary>The commands in ordinal order of their names, <c>/help</c> among them.</summary>
    public IEnumerable<SlashCommand> Commands => _commands.Values.Append(Help).OrderBy(c => c.Name, StringComparer.Ordinal);

    private SlashCommand Help => new()
    {
        Name = "help", Description = "List the commands", Source = "built-in",
        Run = (_, _) => ValueTask.FromResult(HelpText()),
    };

    /// <summary>This table and one command more.</summary>
    /// <exception cref="SlashCommandException">
    /// The name is not one, or is taken; the message names both who ask for it.
    /// </exception>
    public SlashCommandRegistry With(SlashCommand command)
    {
        if (!SlashCommand.IsValidName(command.Name)) throw SlashCommandException.BadName(command);
        if (Find(command.Name) is { } taken) throw SlashCommandException.Collision(command, taken);
        return new SlashCommandRegistry(_commands.Add(command.Name, command));
    }

    /// <summary>The command of a name (without the slash), or null.</summary>
    public SlashCommand? Find(string name) => name == "help" ? Help : _commands.GetValueOrDefault(name);

    /// <summary>Runs a line such as <c>/weather Paris</c>.</summary>
    /// <returns>The text to show; null where the line is no command at all (it does not begin with a slash).</returns>
    /// <exception cref="SlashCommandException">There is no such command; the message says how to list them.</exception>
    public async ValueTask<string?> RunAsync(string line, CancellationToken cancellationToken)
    {
        if (!SlashCommandLine.TryParse(line, out var name, out var arguments)) return null;
        var command = Find(name) ?? throw SlashCommandException.Unknown(name);
        return await command.Run(arguments, cancellationToken);
    }

    private string HelpText()
    {
        var text = new StringBuilder();
        var width = Commands.Max(c => c.Name.Length);
        foreach (var c in Commands) text.AppendLine($"/{c.Name.PadRight(width)}  {c.Description} ({c.Source})");
        return text.ToString().TrimEnd();
    }
}
