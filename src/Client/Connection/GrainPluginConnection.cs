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

    public async Task<PluginReply> InstallAsync(PluginInstallRequest request, CancellationToken cancellationToken)
    {
        var install = new PluginInstall { Path = request.Path, Force = request.Force, Decided = request.Approve, Id = request.Id, Upgrade = request.Upgrade };
        var reply = Taken(await Registry.InstallAsync(install, cancellationToken));
        return request.Approve && reply.Plugin is { Candidate: not null } plugin
            ? reply with { Plugin = (await DecideAsync(plugin.Id, approve: true, new DecisionRequest(request.By), cancellationToken)).Plugin }
            : reply;
    }

    public async Task<PluginReply> ApplyAsync(string id, PluginStep step, DecisionRequest by, CancellationToken cancellationToken) =>
        step is PluginStep.Approve or PluginStep.Reject && await Registry.GetAsync(id).WaitAsync(cancellationToken) is { Candidate: not null }
            ? await DecideAsync(id, step == PluginStep.Approve, by, cancellationToken)
            : Taken(await Registry.ApplyAsync(id, step).WaitAsync(cancellationToken));

    // The one way to decide: in the queue of approvals, which writes down who did.
    private async Task<PluginReply> DecideAsync(string id, bool approve, DecisionRequest by, CancellationToken cancellationToken)
    {
        var decision = new ApprovalDecision { Id = id, Approve = approve, By = by.By, Reason = by.Reason, Kind = ApprovalKinds.Plugin };
        await grains.GetGrain<IApprovalGrain>(GrainKeys.Of(tenant)).DecideAsync(decision).WaitAsync(cancellationToken);
        return new PluginReply { Plugin = await Registry.GetAsync(id).WaitAsync(cancellationToken) };
    }

    public async Task<PluginCallResult> CallAsync(string id, (string Tool, string Json) call, CancellationToken cancellationToken)
    {
        if (!PluginId.IsValid(id)) throw new PluginException(PluginErrorKind.NotFound, $"'{id}' is not a plugin's id");
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
