namespace ClawGrains.Agent.SlashCommands;

/// <summary>A command can't be registered or is not there. The message is safe to show.</summary>
public sealed class SlashCommandException : Exception
{
    private SlashCommandException(string message) : base(message)
    {
    }

    /// <summary>Whether the command is there, but not for whoever typed it.</summary>
    public bool IsPermission { get; private init; }

    internal static SlashCommandException BadName(SlashCommand command) => new(
        $"'{command.Name}' of {command.Source} is not a command name: use 1 to {SlashCommand.MaxNameLength} of a-z, 0-9, '_' and '-'.");

    internal static SlashCommandException Collision(SlashCommand command, SlashCommand taken) => new(
        $"The command /{command.Name} of {command.Source} is already taken by {taken.Source}: rename one of them.");

    internal static SlashCommandException NotPermitted(SlashCommand command) => new(
        $"/{command.Name} is for operators alone: ask one, or use the `claw` command on the host.") { IsPermission = true };

    internal static SlashCommandException Unknown(string name) => new(
        $"There is no command /{name}. Type /help for the commands there are.");
}
