using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ClawGrains.Interfaces;

/// <summary>
/// The plugins of one tenant: their life from install to purge. Steps are taken one at a time; readers go on meanwhile.
/// Each step that changes what runs is told on the stream <see cref="StreamNames.PluginsChanged"/>. Key: <c>TENANT</c>.
/// </summary>
[Alias("clawgrains.plugin-registry")]
public interface IPluginRegistryGrain : IGrainWithStringKey
{
    /// <summary>All plugins that are known, with the tools of those that run.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<PluginListing> ListAsync();

    /// <summary>The listing in force, or null where its number is not above <paramref name="known"/>.</summary>
    [Alias("list-if-newer"), AlwaysInterleave]
    Task<PluginListing?> ListIfNewerAsync(long known);

    /// <summary>One plugin, or null where the tenant has none of that id.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<PluginInfo?> GetAsync(string id);

    /// <summary>Which package of a plugin runs, or why none does.</summary>
    [Alias("resolve"), AlwaysInterleave]
    Task<PluginResolution> ResolveAsync(string id);

    /// <summary>The directories of skills that the running plugins bring, in order of the plugins' seniority.</summary>
    [Alias("get-skill-directories"), AlwaysInterleave]
    Task<ImmutableArray<string>> GetSkillDirectoriesAsync();

    /// <summary>The ids of the plugins that run; empty where plugins are turned off.</summary>
    [Alias("get-running"), AlwaysInterleave]
    Task<ImmutableArray<string>> GetRunningAsync();

    /// <summary>
    /// Installs a plugin, or a version of one that is there. What asks for nothing is active at once; all else waits for
    /// <see cref="PluginStep.Approve"/>, and an older version keeps serving.
    /// </summary>
    [Alias("install"), ResponseTimeout("00:05:00")]
    Task<PluginReply> InstallAsync(PluginInstall install, CancellationToken cancellationToken = default);

    /// <summary>Takes a step in the life of a plugin.</summary>
    [Alias("apply"), ResponseTimeout("00:05:00")]
    Task<PluginReply> ApplyAsync(string id, PluginStep step);
}
