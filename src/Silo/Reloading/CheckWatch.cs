using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Reloading;

/// <summary>Has the skills judged again when the settings that they are judged by change: what was denied may be allowed now.</summary>
internal sealed partial class CheckWatch(
    IEnumerable<ISkillCheck> checks, IGrainFactory grains, WatchedTenants tenants, TimeProvider time, ILogger<CheckWatch> logger) : PeriodicService(time, logger)
{
    private readonly ISkillCheck[] _checks = [.. checks];
    private string _seen = "";

    private string Basis => string.Join('\n', _checks.Select(c => c.Basis));

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = Basis;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task LookAsync(CancellationToken cancellationToken)
    {
        if (Basis is var now && now != _seen && await TryReloadAsync(cancellationToken)) _seen = now;
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
}
