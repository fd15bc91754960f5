using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Watching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Reloading;

/// <summary>
/// Watches the layers of every tenant whose catalog is in memory here, and has the catalog read again what changed. The default
/// tenant's is brought into memory at start.
/// </summary>
internal sealed partial class CatalogReloader(
    IGrainFactory grains, WatchedTenants tenants, TimeProvider time, ILogger<CatalogReloader> logger) : BackgroundService
{
    private readonly Dictionary<TenantId, TenantWatch> _watches = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await new ReloadLoop((_, token) => CatalogOf(TenantId.Default).GetSnapshotNumberAsync().WaitAsync(token), LogFailure, time)
                .ReloadAsync(new SkillChange(SkillChangeSource.Rescan), stoppingToken);
            while (true)
            {
                var (roots, changed) = tenants.Look();
                await FollowAsync(roots, stoppingToken);
                await changed.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
        finally
        {
            await FollowAsync(ImmutableDictionary<TenantId, ImmutableArray<string>>.Empty, CancellationToken.None);
        }
    }

    private async Task FollowAsync(ImmutableDictionary<TenantId, ImmutableArray<string>> wanted, CancellationToken cancellationToken)
    {
        foreach (var (tenant, watch) in _watches.ToArray())
            if (!wanted.TryGetValue(tenant, out var roots) || !roots.SequenceEqual(watch.Roots))
            {
                _watches.Remove(tenant);
                await watch.DisposeAsync();
            }
        foreach (var (tenant, roots) in wanted)
            if (!_watches.ContainsKey(tenant)) _watches[tenant] = Start(tenant, roots, cancellationToken);
    }

    private TenantWatch Start(TenantId tenant, ImmutableArray<string> roots, CancellationToken cancellationToken)
    {
        LogWatching(tenant.Value, roots.Length);
        var options = new SkillWatcherOptions { Time = time, Notice = LogNotice };
        return TenantWatch.Start(roots, CatalogOf(tenant), options, LogFailure, cancellationToken);
    }

    private ICatalogGrain CatalogOf(TenantId tenant) => grains.GetGrain<ICatalogGrain>(GrainKeys.Of(tenant));

    private void LogFailure(Exception error, TimeSpan delay) => LogFailed(error, delay.TotalSeconds);

    [LoggerMessage(LogLevel.Error, "The skills could not be reloaded; the old ones serve on, next try in {seconds} s")]
    private partial void LogFailed(Exception error, double seconds);

    [LoggerMessage(LogLevel.Warning, "{notice}")]
    private partial void LogNotice(string notice);

    [LoggerMessage(LogLevel.Debug, "Watching {count} directories of tenant {tenant}")]
    private partial void LogWatching(string tenant, int count);

    [LoggerMessage(LogLevel.Debug, "No longer watching the skills")]
    private partial void LogStopped();
}
