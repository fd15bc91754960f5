using ClawGrains.Skills.Watching;

namespace ClawGrains.Silo.Reloading;

/// <summary>Reloads for every change, one reload at a time; one that fails is tried again, ever more slowly.</summary>
internal sealed class ReloadLoop(Func<SkillChange, CancellationToken, Task> reload, Action<Exception, TimeSpan> failed, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>Runs until the changes end or it is cancelled. Changes that come during a reload are one for the next.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(IAsyncEnumerable<SkillChange> changes, CancellationToken cancellationToken)
    {
        await foreach (var change in changes.WithCancellation(cancellationToken)) await ReloadAsync(change, cancellationToken);
    }

    /// <summary>Reloads, as often as it takes.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task ReloadAsync(SkillChange change, CancellationToken cancellationToken)
    {
        for (var delay = FirstDelay; !await TryAsync(change, delay, cancellationToken); delay = Longer(delay))
            await Task.Delay(delay, time, cancellationToken);
    }

    private async Task<bool> TryAsync(SkillChange change, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await reload(change, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failed(e, delay);
            return false;
        }
    }

    private static TimeSpan Longer(TimeSpan delay) => delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
}
