using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// Gives calls to a bounded number of seats: first come first served within a plugin, by turns between plugins. Guests
/// run on threads that are kept for them; a few that are known to be quick run on the .NET pool's, which is given others
/// where they are not quick after all.
/// </summary>
internal sealed partial class GuestScheduler : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    // Calling the watch again costs a caller a system call: a pause between two calls is not the end.
    private const int IdleTicks = 20;

    // Of plugins that nobody calls just now.
    private const int KeptLanes = 1024;

    private readonly SchedulerLimits _limits;
    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId, PluginId), GuestLane> _lanes = [];
    private readonly Dictionary<TenantId, int> _tenants = [];
    private readonly Queue<GuestLane> _ready = new();
    private readonly Stack<GuestThread> _idle = new();
    private readonly HashSet<GuestThread> _threads = [];
    private readonly PoolSeats _pool;
    private readonly GuestWatch _watch;
    private int _waiting;
    private int _running;
    private int _counting;
    private int _idleTicks;
    private bool _watching;
    private bool _begun;
    private bool _closed;

    public GuestScheduler(SchedulerLimits limits)
    {
        _limits = limits;
        _pool = new PoolSeats(this, limits.OnPool);
        _watch = new GuestWatch(Watch);
    }

    /// <summary>Threads of its own that are kept or run.</summary>
    public int Threads
    {
        get { lock (_gate) return _threads.Count; }
    }

    /// <summary>Jobs that run on threads of the pool.</summary>
    public int OnPool
    {
        get { lock (_gate) return _pool.Busy.Count(); }
    }

    /// <summary>Whether nothing begins any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Takes a job in; what it gives is why not, null where it was taken.</summary>
    public string? TrySubmit(GuestJob job)
    {
        GuestSeat? seat;
        lock (_gate)
        {
            if (_closed) return "the host is stopping";
            var lane = LaneOf(job);
            if (lane.Running + lane.Waiting.Count >= job.Concurrency + job.QueueLength)
                return $"{job.Concurrency} calls of the plugin run and {job.QueueLength} wait: try again later";
            if (_waiting >= _limits.Waiting) return $"{_limits.Waiting} calls wait in this host: try again later";
            seat = TryBegin(job, lane);
            if (seat is null) seat = Enqueue(job, lane);
        }
        seat?.Wake();
        if (job.Cancellation.CanBeCanceled && job.Place is not null) WatchCancellation(job);
        return null;
    }

    /// <summary>Ends a job's turn and gives the seat its next one, or a place among the free. False where a thread is to end.</summary>
    public bool Finish(GuestSeat seat, GuestJob job)
    {
        GuestSeat? other;
        bool stays;
        lock (_gate)
        {
            End(seat, job);
            stays = Free(seat);
            other = Dispatch();
        }
        if (other != seat || seat is PoolSeat) other?.Wake();
        return stays;
    }

    /// <summary>The pool's threads have too little stack: nobody runs on them, this seat's job on a kept thread.</summary>
    public void LeavePool(PoolSeat seat)
    {
        GuestThread? thread;
        lock (_gate)
        {
            thread = TakeOffPool(seat);
            _pool.Close();
        }
        thread?.Wake();
    }

    /// <summary>Lets an idle thread go; false where it was given a job meanwhile.</summary>
    public bool TryRetire(GuestThread thread)
    {
        lock (_gate)
        {
            if (thread.Job is not null) return false;
            Remove(thread);
            return true;
        }
    }

    /// <summary>Lets another guest begin although this one has not ended.</summary>
    public void StopCounting(GuestSeat seat)
    {
        GuestSeat? other;
        lock (_gate)
        {
            Uncount(seat);
            if (seat is PoolSeat held) PoolSeats.Hold(held);
            other = Dispatch();
        }
        other?.Wake();
    }

    /// <summary>Refuses what waits, ends what runs, and waits a few seconds for it.</summary>
    public void Dispose()
    {
        GuestThread[] threads;
        List<GuestJob> gone, onPool;
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            gone = [.. _lanes.Values.SelectMany(l => l.Waiting)];
            foreach (var job in gone) job.Place = null;
            (onPool, threads) = ([.. _pool.Busy.Select(s => s.Job!)], [.. _threads]);
            gone.AddRange(_pool.Busy.Select(s => s.TryTakeBack()).OfType<GuestJob>());
            _idle.Clear();
        }
        _watch.Dispose();
        foreach (var job in gone) job.TrySetResult(Cancelled("the host is stopping"));
        foreach (var job in onPool) job.Abort();
        foreach (var thread in threads)
        {
            thread.Job?.Abort();
            thread.Wake();
        }
        foreach (var thread in threads) thread.Join(Farewell);
        foreach (var job in onPool) ((IAsyncResult)job.Task).AsyncWaitHandle.WaitOne(Farewell);
    }

    private static PluginOutcome Cancelled(string why) => new() { Error = new PluginError(PluginErrorKind.Cancelled, why) };

    private void WatchCancellation(GuestJob job)
    {
        var registration = job.Cancellation.UnsafeRegister(static (state, _) =>
        {
            var (scheduler, job) = ((GuestScheduler, GuestJob))state!;
            scheduler.Withdraw(job);
        }, (this, job));
        _ = job.Task.ContinueWith(static (_, r) => ((CancellationTokenRegistration)r!).Dispose(), registration, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Withdraw(GuestJob job)
    {
        lock (_gate)
        {
            if (job.Place is null) return;
            job.Lane!.Waiting.Remove(job.Place);
            job.Place = null;
            _waiting--;
            Settle(job.Lane);
        }
        job.TrySetResult(Cancelled("the caller cancelled"));
    }
}
