using Orleans.Concurrency;

namespace ClawGrains.Interfaces;

/// <summary>
/// Calls tools of one plugin. A worker on every silo: calls run side by side, off the grain's scheduler, each in a fresh
/// instance, and finish on the version they began with. Key: <c>TENANT/PLUGIN</c>.
/// </summary>
[Alias("clawgrains.plugin")]
public interface IPluginGrain : IGrainWithStringKey
{
    /// <summary>Calls a tool once. Never throws for what the plugin does; see <see cref="PluginCallResult"/>.</summary>
    /// <param name="tool">The tool's name as the plugin has it.</param>
    /// <param name="argumentsJson">A JSON object.</param>
    /// <param name="cancellationToken">Ends the guest too.</param>
    [Alias("call-tool"), AlwaysInterleave, ResponseTimeout("00:10:00")]
    Task<PluginCallResult> CallToolAsync(string tool, string argumentsJson, CancellationToken cancellationToken = default);
}
