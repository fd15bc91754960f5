using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Interfaces;
using ClawGrains.Silo.Packages;

namespace ClawGrains.Client.Connection;

/// <summary>What commands ask of a host to install skills and to decide on those that wait.</summary>
internal interface IInstallConnection
{
    /// <summary>Says what a skill is and asks for; changes nothing.</summary>
    Task<SkillReview> ReviewAsync(InstallRequest request, CancellationToken cancellationToken);

    /// <summary>Copies a skill into the managed layer, or puts it into the queue of approvals.</summary>
    Task<InstallReply> InstallAsync(InstallRequest request, CancellationToken cancellationToken);

    /// <summary>All managed skills of the lock file.</summary>
    Task<ImmutableArray<SkillProvenance>> ListProvenanceAsync(CancellationToken cancellationToken);

    /// <summary>Where a managed skill came from, or null.</summary>
    Task<SkillProvenance?> GetProvenanceAsync(string name, CancellationToken cancellationToken);

    /// <summary>The plugins of skills, carried or named: of one skill, or of all.</summary>
    Task<ImmutableArray<SkillPluginStatus>> ListPluginsAsync(string? skill, CancellationToken cancellationToken);

    /// <summary>What is pending, and with <paramref name="decided"/> the last decisions before it.</summary>
    Task<ImmutableArray<Approval>> ListApprovalsAsync(bool decided, CancellationToken cancellationToken);

    /// <summary>One approval, or null.</summary>
    Task<Approval?> GetApprovalAsync(string id, CancellationToken cancellationToken);

    /// <summary>The state of autonomous creation.</summary>
    Task<AutogenStatus> GetAutogenAsync(CancellationToken cancellationToken);

    /// <summary>Turns autonomous creation on or off.</summary>
    Task<AutogenStatus> SetAutogenAsync(bool enabled, CancellationToken cancellationToken);

    /// <summary>Approves or rejects.</summary>
    Task<Approval> DecideAsync(ApprovalDecision decision, CancellationToken cancellationToken);
}
