using ClawGrains.Wasm;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// A turn of the .NET pool for a guest that is known to be quick: nobody needs to be woken for it. A guest that is not
/// quick this time holds up a thread of the pool, which then gets another for it.
/// </summary>
internal sealed class PoolSeat(GuestScheduler scheduler) : GuestSeat(scheduler), IThreadPoolWorkItem
{
    private const int Free = 0;
    private const int Queued = 1;
    private const int Running = 2;

    // What a pool's thread may have less than a kept one for the same guest to get as far on it.
    private const int StackTolerance = 1 << 20;

    private int _state;

    /// <summary>Whether the pool was given another thread for the one that this guest holds. The scheduler's, under its lock.</summary>
    public bool Holds { get; set; }

    public override void Wake()
    {
        Volatile.Write(ref _state, Queued);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    /// <summary>Takes back a job that no thread of the pool came to yet.</summary>
    public GuestJob? TryTakeBack()
    {
        if (Interlocked.CompareExchange(ref _state, Free, Queued) != Queued) return null;
        var job = Job;
        Unassign();
        return job;
    }

    // A job that was taken back leaves its turn behind, which finds nothing to do or the seat's next job.
    void IThreadPoolWorkItem.Execute()
    {
        if (GuestStack.Room < GuestThread.StackBytes - StackTolerance)
        {
            Scheduler.LeavePool(this);
            return;
        }
        if (Interlocked.CompareExchange(ref _state, Running, Queued) != Queued) return;
        var job = Job!;
        var (outcome, bug) = Run(job);
        Volatile.Write(ref _state, Free);
        End(job, outcome, bug);
    }
}
