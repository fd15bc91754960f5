using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;

namespace ClawGrains.Client.Connection;

/// <summary>Installs through the grains of this process.</summary>
internal sealed class GrainInstalls(IGrainFactory grains, SkillStore store, TenantId tenant) : IInstallConnection
{
    private IApprovalGrain Approvals => grains.GetGrain<IApprovalGrain>(GrainKeys.Of(tenant));

    private IAutogenGrain Autogen => grains.GetGrain<IAutogenGrain>(GrainKeys.Of(tenant));

    public Task<SkillReview> ReviewAsync(InstallRequest request, CancellationToken cancellationToken) =>
        Approvals.ReviewAsync(request.ToSubmission()).WaitAsync(cancellationToken);

    public async Task<InstallReply> InstallAsync(InstallRequest request, CancellationToken cancellationToken)
    {
        var result = await Approvals.SubmitAsync(request.ToSubmission()).WaitAsync(cancellationToken);
        var active = result.Directory is null ? null
            : (await grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant)).GetSkillAsync(result.Review.Name).WaitAsync(cancellationToken))?.Entry;
        return new InstallReply
        {
            Name = result.Review.Name,
            State = result.Directory is null ? "pending" : "installed",
            Approval = result.Approval?.Id,
            ApprovalReasons = result.Review.ApprovalReasons,
            Directory = result.Directory,
            Sha256 = result.Review.Sha256,
            Replaced = result.Directory is not null && result.Review.Replaces is not null,
            Warnings = result.Review.Warnings,
            ShadowedBy = active is not null && active.Layer != LayerNames.Managed ? active.FilePath : null,
            Snapshot = result.Snapshot,
        };
    }

    public Task<ImmutableArray<SkillProvenance>> ListProvenanceAsync(CancellationToken cancellationToken) => store.ListAsync(tenant, cancellationToken);

    public Task<SkillProvenance?> GetProvenanceAsync(string name, CancellationToken cancellationToken) => store.FindAsync(tenant, name, cancellationToken);

    public Task<ImmutableArray<SkillPluginStatus>> ListPluginsAsync(string? skill, CancellationToken cancellationToken) =>
        grains.GetGrain<ISkillPluginGrain>(GrainKeys.Of(tenant)).ListAsync(skill).WaitAsync(cancellationToken);

    public Task<ImmutableArray<Approval>> ListApprovalsAsync(bool decided, CancellationToken cancellationToken) =>
        Approvals.ListAsync(decided).WaitAsync(cancellationToken);

    public Task<Approval?> GetApprovalAsync(string id, CancellationToken cancellationToken) => Approvals.GetAsync(id).WaitAsync(cancellationToken);

    public Task<AutogenStatus> GetAutogenAsync(CancellationToken cancellationToken) => Autogen.GetStatusAsync().WaitAsync(cancellationToken);

    public Task<AutogenStatus> SetAutogenAsync(bool enabled, CancellationToken cancellationToken) => Autogen.SetEnabledAsync(enabled).WaitAsync(cancellationToken);

    public Task<Approval> DecideAsync(ApprovalDecision decision, CancellationToken cancellationToken) =>
        Approvals.DecideAsync(decision).WaitAsync(cancellationToken);
}
