using ClawGrains.Contracts;
using ClawGrains.Grains.Catalog;
using ClawGrains.Interfaces;
using ClawGrains.Skills.Watching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClawGrains.Silo.Reloading;

/// <summary>Watches the default tenant's layers and has its catalog read them again when something changed.</summary>
internal sealed partial class CatalogReloader(
    IGrainFactory grains, CatalogRoots roots, TimeProvider time, ILogger<CatalogReloader> logger) : BackgroundService
{
    private IReadOnlyList<string> _watched = [];

    private ICatalogGrain Catalog => grains.GetGrain<ICatalogGrain>(GrainKeys.Of(TenantId.Default));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true) await WatchAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    // Until the tenant's directories are others: then the watcher is made anew.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using var moved = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await new ReloadLoop(FindRootsAsync, LogFailure, time).ReloadAsync(cancellationToken);
        await using var watcher = SkillWatcher.Start(_watched, new SkillWatcherOptions { Time = time, Notice = LogNotice });
        var loop = new ReloadLoop(token => ReloadAsync(moved, token), LogFailure, time);
        try
        {
            // What changed before the watch began is found by reading once.
            await loop.ReloadAsync(moved.Token);
            await loop.RunAsync(watcher.ReadChangesAsync(moved.Token), moved.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogMoved();
        }
    }

    private async Task ReloadAsync(CancellationTokenSource moved, CancellationToken cancellationToken)
    {
        var report = await Catalog.ReloadAsync().WaitAsync(cancellationToken);
        LogReloaded(report.Number, report.Added.Length, report.Changed.Length, report.Removed.Length);
        var watched = _watched;
        await FindRootsAsync(cancellationToken);
        if (!watched.SequenceEqual(_watched)) await moved.CancelAsync();
    }

    private async Task FindRootsAsync(CancellationToken cancellationToken)
    {
        var settings = await grains.GetGrain<ITenantGrain>(GrainKeys.Of(TenantId.Default)).GetSettingsAsync().WaitAsync(cancellationToken);
        _watched = [.. roots.Of(TenantId.Default, settings).Select(r => r.Path)];
    }

    private void LogFailure(Exception error, TimeSpan delay) => LogFailed(error, delay.TotalSeconds);

    [LoggerMessage(LogLevel.Error, "The skills could not be reloaded; the old ones serve on, next try in {seconds} s")]
    private partial void LogFailed(Exception error, double seconds);

    [LoggerMessage(LogLevel.Warning, "{notice}")]
    private partial void LogNotice(string notice);

    [LoggerMessage(LogLevel.Information, "The skills' directories are others now; watching those")]
    private partial void LogMoved();

    [LoggerMessage(LogLevel.Debug, "Reloaded to snapshot {number}: {added} added, {changed} changed, {removed} removed")]
    private partial void LogReloaded(long number, int added, int changed, int removed);

    [LoggerMessage(LogLevel.Debug, "No longer watching the skills")]
    private partial void LogStopped();
}
