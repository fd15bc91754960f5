using System.Diagnostics;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// Gives calls to a bounded number of kept threads: first come first served within a plugin, by turns between plugins.
/// No guest ever runs on a thread of the .NET pool.
/// </summary>
internal sealed class GuestScheduler : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly SchedulerLimits _limits;
    private readonly Lock _gate = new();
    private readonly Dictionary<(TenantId, PluginId), GuestLane> _lanes = [];
    private readonly Dictionary<TenantId, int> _tenants = [];
    private readonly Queue<GuestLane> _ready = new();
    private readonly Stack<GuestThread> _idle = new();
    private readonly HashSet<GuestThread> _threads = [];
    private readonly Timer _watch;
    private int _waiting;
    private int _counting;
    private bool _watching;
    private bool _closed;

    public GuestScheduler(SchedulerLimits limits)
    {
        _limits = limits;
        _watch = new Timer(_ => Watch(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
            job.Place = lane.Waiting.AddLast(job);
            _waiting++;
            Offer(lane);
            thread = Dispatch();
        }
        thread?.Wake();
        if (job.Cancellation.CanBeCanceled && job.Place is not null) WatchCancellation(job);
        return null;
    }

    /// <summary>Ends a job's turn and gives the thread its next one, or a place among the idle. False where the thread is to end.</summary>
    public bool Finish(GuestThread thread, GuestJob job)
    {
        GuestThread? other = null;
        var stays = false;
        lock (_gate)
        {
            End(thread, job);
            if (_closed) _threads.Remove(thread);
            else
            {
                stays = true;
                _idle.Push(thread);
            }
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

    /// <summary>Refuses what waits, ends what runs, and waits a few seconds for the threads.</summary>
    public void Dispose()
    {
        GuestThread[] threads;
        List<GuestJob> waiting;
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
    }

    private static PluginOutcome Cancelled(string why) => new() { Error = new PluginError(PluginErrorKind.Cancelled, why) };

    private GuestLane LaneOf(GuestJob job)
    {
        var key = (job.Tenant, job.Plugin);
        if (!_lanes.TryGetValue(key, out var lane)) _lanes[key] = lane = new GuestLane(key);
        lane.Concurrency = job.Concurrency;
        job.Lane = lane;
        return lane;
    }

    private void Offer(GuestLane lane)
    {
        if (lane.Ready || !lane.HasWork) return;
        lane.Ready = true;
        _ready.Enqueue(lane);
    }

    /// <summary>Takes the next job, if a guest may begin, for a thread that is idle or new; wake it outside the lock.</summary>
    private GuestThread? Dispatch()
    {
        if (_ready.Count == 0 || _counting >= _limits.Computing || (_idle.Count == 0 && _threads.Count >= _limits.Running)) return null;
        if (Take() is not { } job) return null;
        if (!_idle.TryPop(out var thread)) _threads.Add(thread = new GuestThread(this));
        thread.Assign(job, Stopwatch.GetTimestamp());
        _counting++;
        if (!_watching) _watching = _watch.Change(Tick, Tick);
        return thread;
    }

    private GuestJob? Take()
    {
        for (var left = _ready.Count; left > 0; left--)
        {
            var lane = _ready.Dequeue();
            lane.Ready = false;
            if (!lane.HasWork) continue;
            if (_tenants.GetValueOrDefault(lane.Key.Tenant) >= _limits.RunningPerTenant)
            {
                Offer(lane);
                continue;
            }
            var job = lane.Waiting.First!.Value;
            lane.Waiting.RemoveFirst();
            job.Place = null;
            _waiting--;
            lane.Running++;
            _tenants[lane.Key.Tenant] = _tenants.GetValueOrDefault(lane.Key.Tenant) + 1;
            Offer(lane);
            return job;
        }
        return null;
    }

    private void End(GuestThread thread, GuestJob job)
    {
        var lane = job.Lane!;
        Uncount(thread);
        lane.Running--;
        if (--_tenants[job.Tenant] == 0) _tenants.Remove(job.Tenant);
        Offer(lane);
        Settle(lane);
    }

    private void Uncount(GuestThread thread)
    {
        if (!thread.Counts) return;
        thread.Counts = false;
        _counting--;
    }

    private void Settle(GuestLane lane)
    {
        if (lane.Running == 0 && lane.Waiting.Count == 0 && _lanes.GetValueOrDefault(lane.Key) == lane) _lanes.Remove(lane.Key);
    }

    private void Remove(GuestThread thread)
    {
        _threads.Remove(thread);
        if (!_idle.Contains(thread)) return;
        var kept = _idle.Where(t => t != thread).Reverse().ToArray();
        _idle.Clear();
        foreach (var other in kept) _idle.Push(other);
    }

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

    private void Watch()
    {
        var woken = new List<GuestThread>();
        lock (_gate)
        {
            if (_closed) return;
            var running = false;
            foreach (var thread in _threads)
            {
                if (thread.Job is null) continue;
                running = true;
                if (Stopwatch.GetElapsedTime(thread.Since) >= Tick) Uncount(thread);
            }
            if (!running && _ready.Count == 0) _watching = !_watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            while (Dispatch() is { } thread) woken.Add(thread);
        }
        foreach (var thread in woken) thread.Wake();
    }
}
