namespace ClawGrains.Components.Wasi.Io;

/// <summary><c>wasi:io/poll</c>: something that becomes ready.</summary>
internal abstract class WasiPollable
{
    public abstract bool IsReady { get; }

    /// <summary>Completes when <see cref="IsReady"/> has become true; may fail like the thing it waits for.</summary>
    public abstract Task WhenReady(CancellationToken cancellationToken);
}

internal sealed class ReadyPollable : WasiPollable
{
    public static readonly ReadyPollable Instance = new();

    public override bool IsReady => true;

    public override Task WhenReady(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Ready when a task is done, however it ended.</summary>
internal sealed class TaskPollable(Func<Task> task) : WasiPollable
{
    public override bool IsReady => task().IsCompleted;

    public override Task WhenReady(CancellationToken cancellationToken) => task().WaitAsync(cancellationToken);
}

/// <summary>Ready after a time.</summary>
internal sealed class TimerPollable(TimeProvider time, TimeSpan delay) : WasiPollable
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(40);
    private readonly long _start = time.GetTimestamp();

    public override bool IsReady => Left <= TimeSpan.Zero;

    private TimeSpan Left => delay - time.GetElapsedTime(_start);

    public override async Task WhenReady(CancellationToken cancellationToken)
    {
        while (Left is var left && left > TimeSpan.Zero)
            await Task.Delay(left < LongestDelay ? RoundUp(left) : LongestDelay, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Timers count in milliseconds; rounding down would spin.</summary>
    private static TimeSpan RoundUp(TimeSpan left) => TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
}

/// <summary>The one place where a guest's call waits: on its own thread, for tasks that cancellation ends.</summary>
internal static class Blocking
{
    private static void Wait(Task task)
    {
        if (task.IsCompleted) return;
        using var done = new ManualResetEventSlim();
        _ = task.ContinueWith(static (_, state) => ((ManualResetEventSlim)state!).Set(), done, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        done.Wait();
    }

    /// <summary>Waits until one of the pollables is ready and returns the indices of all that are.</summary>
    public static uint[] Poll(IReadOnlyList<WasiPollable> pollables, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ready = Ready(pollables);
            if (ready.Length > 0) return ready;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var tasks = pollables.Select(p => p.WhenReady(stop.Token)).ToArray();
            Wait(Task.WhenAny(tasks));
            stop.Cancel();
        }
    }

    private static uint[] Ready(IReadOnlyList<WasiPollable> pollables) =>
        [.. Enumerable.Range(0, pollables.Count).Where(i => pollables[i].IsReady).Select(i => (uint)i)];
}
