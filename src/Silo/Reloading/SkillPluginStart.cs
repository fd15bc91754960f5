using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Reloading;

/// <summary>Registers the plugins of the skills that are there when the host starts; from then on notices do.</summary>
internal sealed partial class SkillPluginStart(IGrainFactory grains, ILogger<SkillPluginStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var plugins = await grains.GetGrain<ISkillPluginGrain>(GrainKeys.Of(TenantId.Default)).SyncAsync().WaitAsync(stoppingToken);
            LogSynced(plugins.Length);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The host serves without them; the next change of a skill tries again.
            LogFailed(e);
        }
        catch (Exception e)
        {
            // The host stops: nobody is left to call them.
            LogStopped(e);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{count} skills carry plugins")]
    private partial void LogSynced(int count);

    [LoggerMessage(LogLevel.Debug, "The host stopped before the plugins of skills were registered")]
    private partial void LogStopped(Exception reason);

    [LoggerMessage(LogLevel.Error, "The plugins of skills could not be registered")]
    private partial void LogFailed(Exception error);
}
