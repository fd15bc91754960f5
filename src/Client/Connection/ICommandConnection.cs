using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>What is asked of a host about slash commands, always as an operator.</summary>
internal interface ICommandConnection
{
    Task<SlashCommandTable> ListAsync(CancellationToken cancellationToken);

    /// <summary>Runs a line; what was refused is thrown with its stable code.</summary>
    Task<SlashCommandReply> RunAsync(string line, CancellationToken cancellationToken);
}
