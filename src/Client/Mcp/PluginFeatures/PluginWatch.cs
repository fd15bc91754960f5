using ClawGrains.Client.Mcp.Features;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Client.Mcp.PluginFeatures;

/// <summary>
/// Knows when a tenant has a newer listing of plugins, also by steps that other processes take on the same data directory:
/// these send no notice, so it soon asks again.
/// </summary>
internal sealed class PluginWatch(IClusterClient client, TenantId tenant, TimeProvider time)
    : ChangeWatch<PluginsChanged>(client, StreamId.Create(StreamNames.PluginsChanged, GrainKeys.Of(tenant)), Patience, time)
{
    /// <summary>How long a notice is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    protected override async Task<bool> HasNewerAsync(long known) =>
        await Client.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant)).ListIfNewerAsync(known) is not null;
}
