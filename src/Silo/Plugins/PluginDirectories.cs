using ClawGrains.Contracts;
using ClawGrains.Grains.Plugins;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Manifest;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Plugins;

/// <summary>
/// Installs the plugins that lie in the directories of the settings for the default tenant when the host starts, and
/// when it is asked to look again, those whose files changed. What needs approval waits for it, as with any install; what was removed or revoked
/// stays so.
/// </summary>
internal sealed partial class PluginDirectories(PluginHost host, IGrainFactory grains, ILogger<PluginDirectories> logger) : IHostedService
{
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    private IPluginRegistryGrain Registry => grains.GetGrain<IPluginRegistryGrain>(GrainKeys.Of(TenantId.Default));

    public Task StartAsync(CancellationToken cancellationToken) => InstallChangedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Installs what it has not seen, or not in that form.</summary>
    public async Task InstallChangedAsync(CancellationToken cancellationToken)
    {
        var settings = host.Settings;
        if (!settings.Enabled || settings.Dirs.IsEmpty) return;
        foreach (var directory in settings.Dirs.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Order(StringComparer.Ordinal))
        {
            if (!ManifestReader.FileNames.Any(n => File.Exists(Path.Combine(directory, n)))) continue;
            var stamp = StampOf(directory);
            if (_seen.TryGetValue(directory, out var seen) && seen == stamp) continue;
            _seen[directory] = stamp;
            await InstallAsync(directory, cancellationToken);
        }
    }

    private async Task InstallAsync(string directory, CancellationToken cancellationToken)
    {
        var reply = await Registry.InstallAsync(new PluginInstall { Path = directory, Unattended = true }, cancellationToken).WaitAsync(cancellationToken);
        if (reply.Failure is { } failure) LogRefused(directory, failure.Message);
        else LogInstalled(directory, reply.Plugin!.Id, reply.Plugin.State);
    }

    // Names, lengths and times: cheap to find, and different after any build.
    private static string StampOf(string directory) => string.Join('\n', new DirectoryInfo(directory)
        .EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 4 })
        .Where(f => !f.FullName.Contains("/node_modules/", StringComparison.Ordinal) && !f.FullName.Contains("/.git/", StringComparison.Ordinal))
        .Select(f => $"{f.FullName}:{f.Length}:{f.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal));

    [LoggerMessage(LogLevel.Warning, "The plugin in {directory} is not taken: {reason}")]
    private partial void LogRefused(string directory, string reason);

    [LoggerMessage(LogLevel.Information, "The plugin in {directory} is {id}, {state}")]
    private partial void LogInstalled(string directory, string id, string state);
}
