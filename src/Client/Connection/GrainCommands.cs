using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>Runs slash commands in the grains of this process.</summary>
/// <param name="grains">The grains.</param>
/// <param name="tenant">The tenant.</param>
/// <param name="by">Who runs them, as it is recorded.</param>
internal sealed class GrainCommands(IGrainFactory grains, TenantId tenant, string by) : ICommandConnection
{
    private ICommandGrain Commands => grains.GetGrain<ICommandGrain>(GrainKeys.Of(tenant));

    public Task<SlashCommandTable> ListAsync(CancellationToken cancellationToken) => Commands.ListAsync().WaitAsync(cancellationToken);

    public Task<SlashCommandReply> RunAsync(string line, CancellationToken cancellationToken) =>
        Commands.RunAsync(new SlashCommandCall { Line = line, By = by, IsOperator = true }, cancellationToken);
}
