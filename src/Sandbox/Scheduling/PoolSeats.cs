namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// The few turns of the pool that guests may have at once. All of it is the scheduler's, under its lock. A guest that
/// holds a thread for longer than a moment is made up for: the pool may have one more as long as it does.
/// </summary>
internal sealed class PoolSeats
{
    private static readonly Lock Reserve = new();
    private readonly PoolSeat[] _all;
    private readonly Stack<PoolSeat> _free;

    public PoolSeats(GuestScheduler scheduler, int count)
    {
        _all = [.. Enumerable.Range(0, count).Select(_ => new PoolSeat(scheduler))];
        _free = new(_all);
    }

    /// <summary>Those that have a job.</summary>
    public IEnumerable<PoolSeat> Busy => _all.Where(s => s.Job is not null);

    /// <summary>A seat for a quick job, if there is one; only a thread of the pool can take it without waking another.</summary>
    public PoolSeat? TryTake(GuestJob job) =>
        _free.Count > 0 && job.IsQuick && Thread.CurrentThread.IsThreadPoolThread ? _free.Pop() : null;

    /// <summary>Takes a seat back whose job has ended or has gone elsewhere.</summary>
    public void Return(PoolSeat seat)
    {
        if (seat.Holds) Provide(-1);
        seat.Holds = false;
        _free.Push(seat);
    }

    /// <summary>A guest was not quick after all, or waits: the pool gets another thread at once.</summary>
    public static void Hold(PoolSeat seat)
    {
        if (seat.Holds) return;
        seat.Holds = true;
        seat.Job?.NoteSlow();
        Provide(1);
    }

    /// <summary>Gives none from now on.</summary>
    public void Close() => _free.Clear();

    private static void Provide(int threads)
    {
        lock (Reserve)
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(workers + threads, ports);
        }
    }
}
