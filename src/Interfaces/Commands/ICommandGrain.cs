using Orleans.Concurrency;

namespace ClawGrains.Interfaces;

/// <summary>
/// The slash commands of one tenant: those that are built in, and one for each skill that people may call. Whoever takes what
/// people type (the command line, a channel) runs them here. Key: <c>TENANT</c>.
/// </summary>
[Alias("clawgrains.commands")]
public interface ICommandGrain : IGrainWithStringKey
{
    /// <summary>The commands there are, as of the newest snapshot of the skills.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<SlashCommandTable> ListAsync();

    /// <summary>Runs a line. Commands run side by side.</summary>
    /// <exception cref="Contracts.PluginException">
    /// The line is no command, there is no such command, or what it was to do could not be done; the message says what to do.
    /// </exception>
    [Alias("run"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task<SlashCommandReply> RunAsync(SlashCommandCall call, CancellationToken cancellationToken = default);
}
