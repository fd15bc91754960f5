using ClawGrains.Grains.Plugins;
using ClawGrains.Silo.Plugins;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Reloading;

/// <summary>Has the plugins' directories looked at again while the host runs, unless the settings say otherwise.</summary>
internal sealed class PluginDirectoryWatch(
    PluginHost host, PluginDirectories directories, TimeProvider time, ILogger<PluginDirectoryWatch> logger) : PeriodicService(time, logger)
{
    protected override Task LookAsync(CancellationToken cancellationToken) =>
        host.Settings.HotReload ? directories.InstallChangedAsync(cancellationToken) : Task.CompletedTask;
}
