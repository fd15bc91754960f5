using ClawGrains.Agent.SlashCommands;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Commands;

/// <summary>Keeps the table of the newest snapshot, and runs its commands.</summary>
internal sealed class CommandGrain : Grain, ICommandGrain
{
    private (long Number, CommandTable Table)? _known;

    private TenantId Tenant => GrainKeys.TenantOf(this.GetPrimaryKeyString());

    public async Task<SlashCommandTable> ListAsync()
    {
        var table = await CurrentAsync();
        return new SlashCommandTable
        {
            Commands = [.. table.Registry.Commands.Select(c => new SlashCommandInfo { Name = c.Name, Description = c.Description, Source = c.Source })],
            Collisions = table.Collisions,
        };
    }

    public async Task<SlashCommandReply> RunAsync(SlashCommandCall call, CancellationToken cancellationToken = default)
    {
        var table = await CurrentAsync();
        try
        {
            var reply = await table.Registry.RunAsync(call.Line, new SlashCall("", call.By, call.IsOperator), cancellationToken)
                ?? throw new PluginException(PluginErrorKind.InvalidArguments, "That is no command: a command begins with a slash. /help lists them.");
            return new SlashCommandReply { Text = reply.Text, IsForModel = reply.IsForModel, IsError = reply.IsError };
        }
        catch (SlashCommandException e)
        {
            throw new PluginException(e.IsPermission ? PluginErrorKind.PermissionDenied : PluginErrorKind.NotFound, e.Message);
        }
    }

    private async Task<CommandTable> CurrentAsync()
    {
        var newer = await GrainFactory.GetGrain<ICatalogGrain>(GrainKeys.Of(Tenant)).GetSnapshotIfNewerAsync(_known?.Number ?? long.MinValue);
        // Calls interleave: an older answer that comes late must not take the place of a newer one.
        if (newer is not null && (_known is null || newer.Number > _known.Value.Number)) _known = (newer.Number, TableOf(newer));
        return _known!.Value.Table;
    }

    private CommandTable TableOf(CatalogSnapshot snapshot) =>
        CommandTable.Of(new BuiltInCommands(GrainFactory, Tenant).All(), snapshot.Skills, new SkillCommand(GrainFactory, Tenant).Of);
}
