using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Catalog;

/// <summary>
/// One reload at a time. One that is under way may have read a file before it changed, so whoever asks meanwhile gets the next;
/// all who wait for that share it. For one grain's turns, not for threads.
/// </summary>
/// <param name="reload">Reloads the paths, or everything where there are none.</param>
/// <param name="done">Called after each, when the next may run.</param>
internal sealed class ReloadQueue(Func<IReadOnlyCollection<string>?, Task<ReloadReport>> reload, Func<Task> done)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private HashSet<string> _touched = new(StringComparer.Ordinal);
    private bool _everything;
    private Task<ReloadReport>? _next;

    /// <summary>Reloads what changed: the paths, or everything where there are none.</summary>
    public Task<ReloadReport> ReloadAsync(IEnumerable<string>? touched)
    {
        if (touched is null) _everything = true;
        else _touched.UnionWith(touched);
        return _next ??= RunNextAsync();
    }

    /// <summary>Does something else between reloads.</summary>
    public async Task<ReloadReport> RunAsync(Func<Task<ReloadReport>> work)
    {
        var report = await AloneAsync(work);
        await done();
        return report;
    }

    private async Task<ReloadReport> AloneAsync(Func<Task<ReloadReport>> work)
    {
        await _gate.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<ReloadReport> RunNextAsync()
    {
        // Lets the caller note this task first.
        await Task.Yield();
        return await RunAsync(async () =>
        {
            _next = null;
            IReadOnlyCollection<string>? touched = _everything ? null : _touched;
            (_touched, _everything) = (new HashSet<string>(StringComparer.Ordinal), false);
            try
            {
                return await reload(touched);
            }
            catch
            {
                // What this one was to look at is still to be looked at.
                _everything = true;
                throw;
            }
        });
    }
}
