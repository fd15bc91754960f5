using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Lifecycle;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Grains.Plugins;

/// <summary>Makes what is listed of what the lock file has.</summary>
internal static class PluginInfos
{
    /// <param name="record">The plugin.</param>
    /// <param name="tools">Finds the tools of a package; null where none is to be run.</param>
    public static async Task<PluginInfo> OfAsync(PluginRecord record, Func<string, Task<PluginTools>>? tools)
    {
        var runs = record is { State: PluginState.Enabled, Active: not null } && tools is not null;
        var found = runs ? await tools!(record.Active!.Package) : new PluginTools([], null);
        var shown = record.Active ?? record.Candidate;
        return new PluginInfo
        {
            Id = record.Id,
            Name = shown?.Name ?? "",
            Description = shown?.Description ?? "",
            State = record.State.ToString().ToLowerInvariant(),
            Active = Version(record.Active),
            Candidate = Version(record.Candidate),
            AsksFor = [.. record.Growth.Describe()],
            Approved = [.. PermissionGrowth.Between(PluginPermissions.None, record.Approved).Describe()],
            History = [.. record.History.Select(v => v.Version)],
            Pinned = record.Pinned,
            Tools = found.Tools,
            Problem = found.Problem,
        };
    }

    private static PluginVersionInfo? Version(LockedVersion? version) =>
        version is null ? null : new PluginVersionInfo { Version = version.Version, Package = version.Package, Component = version.Component };
}
