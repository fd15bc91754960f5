using ClawGrains.Client.Api;
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

    /// <summary>Copies a skill into the managed layer.</summary>
    Task<InstallReply> InstallSkillAsync(InstallRequest request, CancellationToken cancellationToken);

    /// <summary>Removes a skill from the managed layer; false where it has none of that name.</summary>
    Task<RemoveReply> RemoveSkillAsync(string name, CancellationToken cancellationToken);

    Task<ReloadReport> ReloadAsync(CancellationToken cancellationToken);
}
