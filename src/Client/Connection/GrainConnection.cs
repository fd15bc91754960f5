using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Client.Installing;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;

namespace ClawGrains.Client.Connection;

/// <summary>Asks the grains of this process.</summary>
internal sealed class GrainConnection(IGrainFactory grains, SkillStore store, PluginHost plugins, TenantId tenant) : IHostConnection
{
    public string? Url => null;

    private ICatalogGrain Catalog => grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant));

    public Task<CatalogSnapshot> GetCatalogAsync(CancellationToken cancellationToken) =>
        Catalog.GetSnapshotAsync().WaitAsync(cancellationToken);

    public Task<SkillVersion?> GetSkillAsync(string name, CancellationToken cancellationToken) =>
        Catalog.GetSkillAsync(name).WaitAsync(cancellationToken);

    public Task<ReloadReport> ReloadAsync(CancellationToken cancellationToken) =>
        Catalog.ReloadAsync().WaitAsync(cancellationToken);

    public Task<ImmutableArray<SnapshotInfo>> GetSnapshotsAsync(CancellationToken cancellationToken) =>
        Catalog.GetSnapshotsAsync().WaitAsync(cancellationToken);

    public Task<ReloadReport> RollbackAsync(RollbackRequest request, CancellationToken cancellationToken) =>
        (request.Resume ? Catalog.ResumeAsync() : Catalog.RollbackAsync(request.To)).WaitAsync(cancellationToken);

    public Task<ImmutableArray<DrainingVersion>> GetDrainingAsync(CancellationToken cancellationToken) =>
        Catalog.GetDrainingAsync().WaitAsync(cancellationToken);

    public IInstallConnection Installs { get; } = new GrainInstalls(grains, store, tenant);

    public ICommandConnection Commands => CommandsBy(InstallChoices.By);

    /// <summary>Slash commands, run as somebody.</summary>
    public ICommandConnection CommandsBy(string by) => new GrainCommands(grains, tenant, by);

    public async Task<RemoveReply> RemoveSkillAsync(string name, CancellationToken cancellationToken)
    {
        var removal = await Catalog.RemoveAsync(name).WaitAsync(cancellationToken);
        await grains.GetGrain<ISkillPluginGrain>(GrainKeys.Of(tenant)).SyncAsync().WaitAsync(cancellationToken);
        return new RemoveReply { Name = name, Removed = removal.IsRemoved, StillIn = removal.StillIn, Snapshot = removal.Number };
    }

    public IPluginConnection Plugins(TenantId tenant) => new GrainPluginConnection(grains, plugins, tenant);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
