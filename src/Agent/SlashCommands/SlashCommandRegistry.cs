using System.Collections.Immutable;

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
        Name = "help", Description = "List the commands, or explain one: /help NAME", Source = "built-in",
        Run = (call, _) => ValueTask.FromResult(new SlashReply(HelpText(call.Arguments))),
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
    /// <param name="line">The line as it was typed.</param>
    /// <param name="by">Who typed it; its arguments are replaced by those of the line.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>What to show; null where the line is no command at all (it does not begin with a slash).</returns>
    /// <exception cref="SlashCommandException">
    /// There is no such command, and the message says how to list them; or it is for operators.
    /// </exception>
    public async ValueTask<SlashReply?> RunAsync(string line, SlashCall by, CancellationToken cancellationToken)
    {
        if (!SlashCommandLine.TryParse(line, out var name, out var arguments)) return null;
        var command = Find(name) ?? throw SlashCommandException.Unknown(name);
        if (command.IsForOperators && !by.IsOperator) throw SlashCommandException.NotPermitted(command);
        return await command.Run(by with { Arguments = arguments }, cancellationToken);
    }

    private string HelpText(string about)
    {
        if (about.Length > 0) return Line(Find(about.TrimStart('/')) ?? throw SlashCommandException.Unknown(about.TrimStart('/')), 0);
        var width = Commands.Max(c => c.Name.Length);
        return string.Join('\n', Commands.Select(c => Line(c, width)));
    }

    private static string Line(SlashCommand c, int width) => $"/{c.Name.PadRight(width)}  {c.Description} ({c.Source})";
}
