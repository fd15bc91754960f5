using System.Collections.Immutable;
using ClawGrains.Client.Api;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Connection;

/// <summary>What commands ask of a host about one tenant's plugins. What was refused is thrown with its stable code.</summary>
internal interface IPluginConnection
{
    Task<PluginListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>One plugin, or null.</summary>
    Task<PluginInfo?> GetAsync(string id, CancellationToken cancellationToken);

    Task<PluginReply> InstallAsync(PluginInstallRequest request, CancellationToken cancellationToken);

    /// <summary>Takes a step; who takes it and why is recorded where it is a decision.</summary>
    Task<PluginReply> ApplyAsync(string id, PluginStep step, DecisionRequest by, CancellationToken cancellationToken);

    /// <summary>Calls a tool; what the host refused is thrown, what the tool answered with is given.</summary>
    Task<PluginCallResult> CallAsync(string id, (string Tool, string Json) call, CancellationToken cancellationToken);

    /// <summary>Audit records, oldest first.</summary>
    Task<ImmutableArray<AuditRow>> AuditAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Checks the chain of the whole audit.</summary>
    Task<AuditCheck> VerifyAuditAsync(string? head, CancellationToken cancellationToken);
}
