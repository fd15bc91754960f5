using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// Gives calls to a bounded number of kept threads: first come first served within a plugin, by turns between plugins. What
/// a guest does on its caller's thread counts against the same numbers, and is never waited for.
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
    private readonly GuestWatch _watch;
    private int _waiting;
    private int _inline;
    private int _running;
    private int _counting;
    private int _idleTicks;
    private bool _watching;
    private bool _begun;
    private bool _closed;

    public GuestScheduler(SchedulerLimits limits)
    {
        _limits = limits;
        _watch = new GuestWatch(Watch);
    }

    /// <summary>Threads that are kept or run.</summary>
    public int Threads
    {
        get { lock (_gate) return _threads.Count; }
    }

    /// <summary>Whether nothing begins any more.</summary>
    public bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Takes a job in; what it gives is why not, null where it was taken.</summary>
    public string? TrySubmit(GuestJob job)
    {
        GuestThread? thread;
        lock (_gate)
        {
            if (_closed) return "the host is stopping";
            var lane = LaneOf(job);
            if (lane.Running + lane.Waiting.Count >= job.Concurrency + job.QueueLength)
                return $"{job.Concurrency} calls of the plugin run and {job.QueueLength} wait: try again later";
            if (_waiting >= _limits.Waiting) return $"{_limits.Waiting} calls wait in this host: try again later";
            thread = MayBeginAt(lane) ? Begin(job, lane) : Enqueue(job, lane);
        }
        thread?.Wake();
        if (job.Cancellation.CanBeCanceled && job.Place is not null) WatchCancellation(job);
        return null;
    }

    /// <summary>Lets a job begin on its caller's thread; false where it would have to wait.</summary>
    public bool TryEnter(GuestJob job)
    {
        lock (_gate)
        {
            if (_closed || !MayBeginAt(LaneOf(job))) return false;
            Count(job.Lane!);
            _inline++;
            return true;
        }
    }

    /// <summary>Ends what <see cref="TryEnter"/> let begin.</summary>
    public void Leave(GuestJob job)
    {
        GuestThread? other;
        lock (_gate)
        {
            _inline--;
            _counting--;
            End(job);
            other = Dispatch();
        }
        other?.Wake();
    }

    /// <summary>Ends a job's turn and gives the thread its next one, or a place among the idle. False where the thread is to end.</summary>
    public bool Finish(GuestThread thread, GuestJob job)
    {
        GuestThread? other;
        bool stays;
        lock (_gate)
        {
            Uncount(thread);
            End(job);
            stays = !_closed;
            if (stays) _idle.Push(thread);
            else _threads.Remove(thread);
            other = Dispatch();
        }
        if (other != thread) other?.Wake();
        return stays;
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
    public void StopCounting(GuestThread thread)
    {
        GuestThread? other;
        lock (_gate)
        {
            Uncount(thread);
            other = Dispatch();
        }
        other?.Wake();
    }

    /// <summary>Refuses what waits, ends what runs, and waits a few seconds for it.</summary>
    public void Dispose()
    {
        GuestThread[] threads;
        GuestJob[] waiting;
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            waiting = [.. _lanes.Values.SelectMany(l => l.Waiting)];
            foreach (var job in waiting) job.Place = null;
            threads = [.. _threads];
            _idle.Clear();
        }
        _watch.Dispose();
        foreach (var job in waiting) job.TrySetResult(Cancelled("the host is stopping"));
        foreach (var thread in threads)
        {
            thread.Job?.Abort();
            thread.Wake();
        }
        foreach (var thread in threads) thread.Join(Farewell);
        SpinWait.SpinUntil(() => Volatile.Read(ref _inline) == 0, Farewell);
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
