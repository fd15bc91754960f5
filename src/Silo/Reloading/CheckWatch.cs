using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Reloading;

/// <summary>Has the skills judged again when the settings that they are judged by change: what was denied may be allowed now.</summary>
internal sealed partial class CheckWatch(
    IEnumerable<ISkillCheck> checks, IGrainFactory grains, WatchedTenants tenants, TimeProvider time, ILogger<CheckWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ISkillCheck[] _checks = [.. checks];

    private string Basis => string.Join('\n', _checks.Select(c => c.Basis));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var seen = Basis;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (Basis is var now && now != seen && await TryReloadAsync(stoppingToken)) seen = now;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task<bool> TryReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var tenant in tenants.Look().Roots.Keys) await ReloadAsync(tenant, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e);
            return false;
        }
    }

    private async Task ReloadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant)).ReloadAsync().WaitAsync(cancellationToken);
        await grains.GetGrain<ISkillPluginGrain>(GrainKeys.Of(tenant)).SyncAsync().WaitAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The skills could not be judged by the new settings; the next try is in a second")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Debug, "No longer looking at the settings")]
    private partial void LogStopped();
}
