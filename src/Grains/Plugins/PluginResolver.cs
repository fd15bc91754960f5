using System.Collections.Concurrent;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Grains.Plugins;

/// <summary>
/// Which program each plugin of a tenant runs, as this silo last heard. What was heard within <see cref="Trust"/> is
/// taken as it is; a step taken in this silo is heard at once.
/// </summary>
internal sealed class PluginResolver(IGrainFactory grains, PluginHost host, PluginPrograms programs, TimeProvider time)
{
    /// <summary>How long a silo may go on with a version that another one replaced.</summary>
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(TenantId, PluginId), Entry> _entries = new();
    private long _steps;

    /// <summary>The program of a plugin, or why none runs.</summary>
    public ValueTask<ResolvedPlugin> GetAsync(TenantId tenant, PluginId id) =>
        _entries.TryGetValue((tenant, id), out var entry) && entry.Step == Volatile.Read(ref _steps) && time.GetElapsedTime(entry.At) < Trust
            ? new(entry.Plugin)
            : new(RefreshAsync(tenant, id));

    /// <summary>Something changed: everything is asked for again.</summary>
    public void Forget() => Interlocked.Increment(ref _steps);

    private async Task<ResolvedPlugin> RefreshAsync(TenantId tenant, PluginId id)
    {
        var (step, at) = (Volatile.Read(ref _steps), time.GetTimestamp());
        var resolution = await grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(tenant)).ResolveAsync(id.Value);
        var settings = await grains.GetGrain<ITenantGrain>(GrainKeys.Of(tenant)).GetSettingsAsync();
        host.SetWorkspace(tenant, settings.Workspace);
        var plugin = await FindAsync(tenant, resolution);
        _entries[(tenant, id)] = new Entry(plugin, step, at);
        return plugin;
    }

    private async Task<ResolvedPlugin> FindAsync(TenantId tenant, PluginResolution resolution)
    {
        if (resolution.Package is not { } package) return new ResolvedPlugin(null, resolution.Failure);
        try
        {
            return new ResolvedPlugin(await programs.GetAsync(tenant, package), null);
        }
        catch (PluginException e)
        {
            return new ResolvedPlugin(null, PluginFailure.Of(e.Error));
        }
    }

    private sealed record Entry(ResolvedPlugin Plugin, long Step, long At);
}

/// <summary>A program, or why there is none.</summary>
internal sealed record ResolvedPlugin(RunnablePlugin? Program, PluginFailure? Failure);
