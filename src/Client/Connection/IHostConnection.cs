using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>What commands ask of a host, be it another process or this one.</summary>
internal interface IHostConnection : IAsyncDisposable
{
    /// <summary>The address of the host, or null where this process is it.</summary>
    string? Url { get; }

    Task<CatalogSnapshot> GetCatalogAsync(CancellationToken cancellationToken);

    /// <summary>One skill with its instructions, or null.</summary>
    Task<SkillVersion?> GetSkillAsync(string name, CancellationToken cancellationToken);

    /// <summary>Installs skills and decides on those that wait.</summary>
    IInstallConnection Installs { get; }

    /// <summary>Removes a skill from the managed layer; false where it has none of that name.</summary>
    Task<RemoveReply> RemoveSkillAsync(string name, CancellationToken cancellationToken);

    /// <summary>Slash commands.</summary>
    ICommandConnection Commands { get; }

    /// <summary>The plugins of a tenant, and the audit.</summary>
    IPluginConnection Plugins(TenantId tenant);

    Task<ReloadReport> ReloadAsync(CancellationToken cancellationToken);

    /// <summary>The snapshots that are remembered, newest first.</summary>
    Task<ImmutableArray<SnapshotInfo>> GetSnapshotsAsync(CancellationToken cancellationToken);

    /// <summary>Goes back to an earlier snapshot, or ends a rollback.</summary>
    Task<ReloadReport> RollbackAsync(RollbackRequest request, CancellationToken cancellationToken);

    /// <summary>Versions that were replaced and on which calls still run.</summary>
    Task<ImmutableArray<DrainingVersion>> GetDrainingAsync(CancellationToken cancellationToken);
}
