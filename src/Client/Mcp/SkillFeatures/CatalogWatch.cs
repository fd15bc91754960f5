using ClawGrains.Client.Mcp.Features;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Mcp.SkillFeatures;

/// <summary>Knows when a tenant's catalog has a newer snapshot.</summary>
internal sealed class CatalogWatch(IClusterClient client, TenantId tenant, TimeProvider time)
    : ChangeWatch<CatalogChanged>(client, StreamId.Create(StreamNames.CatalogChanged, GrainKeys.Of(tenant)), Patience, time)
{
    /// <summary>How long a notice is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override async Task<bool> HasNewerAsync(long known) =>
        await Client.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant)).GetSnapshotNumberAsync() > known;
}
