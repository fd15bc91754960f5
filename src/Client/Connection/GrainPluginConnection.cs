using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>Asks the grains of this process about a tenant's plugins.</summary>
internal sealed class GrainPluginConnection(IGrainFactory grains, PluginHost host, TenantId tenant) : IPluginConnection
{
    private IPluginRegistryGrain Registry => grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant));

    public Task<PluginListing> ListAsync(CancellationToken cancellationToken) => Registry.ListAsync().WaitAsync(cancellationToken);

    public Task<PluginInfo?> GetAsync(string id, CancellationToken cancellationToken) => Registry.GetAsync(id).WaitAsync(cancellationToken);

    public async Task<PluginReply> InstallAsync(PluginInstallRequest request, CancellationToken cancellationToken) => Taken(await Registry.InstallAsync(
        new PluginInstall { Path = request.Path, Force = request.Force, Approve = request.Approve, Id = request.Id, Upgrade = request.Upgrade }, cancellationToken));

    public async Task<PluginReply> ApplyAsync(string id, PluginStep step, CancellationToken cancellationToken) =>
        Taken(await Registry.ApplyAsync(id, step).WaitAsync(cancellationToken));

    public async Task<PluginCallResult> CallAsync(string id, (string Tool, string Json) call, CancellationToken cancellationToken)
    {
        if (!PluginId.IsValid(id)) throw new PluginException(new PluginError(PluginErrorKind.NotFound, $"'{id}' is not a plugin's id"));
        var result = await grains.GetGrain<IPluginGrain>(GrainKeys.Of(tenant, id)).CallToolAsync(call.Tool, call.Json, cancellationToken);
        return result.Failure is { } failure ? throw new PluginException(failure.ToError()) : result;
    }

    public async Task<ImmutableArray<AuditRow>> AuditAsync(AuditQuery query, CancellationToken cancellationToken) =>
        [.. (await host.Audit.QueryAsync(query.ToFilter(), cancellationToken)).Select(AuditRow.Of)];

    public async Task<AuditCheck> VerifyAuditAsync(string? head, CancellationToken cancellationToken)
    {
        var found = await host.Audit.VerifyAsync(head, cancellationToken);
        return new AuditCheck(found.IsIntact, found.Records, found.BrokenAt, found.Reason, found.Head);
    }

    private static PluginReply Taken(PluginReply reply) => reply.Failure is { } failure ? throw new PluginException(failure.ToError()) : reply;
}
