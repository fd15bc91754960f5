using ClawGrains.Interfaces;
using ClawGrains.Skills.Watching;

namespace ClawGrains.Silo.Reloading;

/// <summary>Watches the directories of one tenant and has its catalog read again what changed there, until it is stopped.</summary>
internal sealed class TenantWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task _run;

    private TenantWatch(IReadOnlyList<string> roots, Func<IReadOnlyList<string>, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        Roots = roots;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = _stop.Token;
        _run = Task.Run(() => run(roots, token), CancellationToken.None);
    }

    /// <summary>The directories that are watched.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Begins to watch.</summary>
    /// <param name="roots">The directories.</param>
    /// <param name="catalog">Reads again.</param>
    /// <param name="watcher">How to watch.</param>
    /// <param name="failed">Told of reloads that failed, and when the next is tried.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TenantWatch Start(
        IReadOnlyList<string> roots, ICatalogGrain catalog, SkillWatcherOptions watcher, Action<Exception, TimeSpan> failed, CancellationToken cancellationToken) =>
        new(roots, (watched, token) => RunAsync(watched, catalog, watcher, failed, token), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async Task RunAsync(
        IReadOnlyList<string> roots, ICatalogGrain catalog, SkillWatcherOptions options, Action<Exception, TimeSpan> failed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
            try
            {
                await WatchAsync(roots, catalog, options, failed, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failed(e, options.RescanAlone);
                await Task.Delay(options.RescanAlone, options.Time, cancellationToken);
            }
    }

    private static async Task WatchAsync(
        IReadOnlyList<string> roots, ICatalogGrain catalog, SkillWatcherOptions options, Action<Exception, TimeSpan> failed, CancellationToken cancellationToken)
    {
        await using var watcher = SkillWatcher.Start(roots, options);
        var loop = new ReloadLoop((change, token) => ReloadAsync(catalog, change, token), failed, options.Time);
        // What changed before the watch began is found by reading once.
        await loop.ReloadAsync(new SkillChange(SkillChangeSource.Rescan), cancellationToken);
        await loop.RunAsync(watcher.ReadChangesAsync(cancellationToken), cancellationToken);
    }

    private static Task ReloadAsync(ICatalogGrain catalog, SkillChange change, CancellationToken cancellationToken) =>
        (change.Paths is { } paths ? catalog.ReloadPathsAsync([.. paths]) : catalog.ReloadAsync()).WaitAsync(cancellationToken);
}
