using System.Diagnostics;
using System.Runtime.InteropServices;
using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Scheduling;

/// <content>Whose turn it is; all of it under the lock.</content>
internal sealed partial class GuestScheduler
{
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

    // Nobody waits whose turn it would be before.
    private bool MayBeginAt(GuestLane lane) =>
        _ready.Count == 0 && lane.Waiting.Count == 0 && lane.Running < lane.Concurrency && MayBegin && MayBeginFor(lane.Key.Tenant);

    private GuestThread? Enqueue(GuestJob job, GuestLane lane)
    {
        job.Place = lane.Waiting.AddLast(job);
        _waiting++;
        Offer(lane);
        return Dispatch();
    }

    private bool MayBegin => _counting < _limits.Computing && _running < _limits.Running;

    private bool MayBeginFor(TenantId tenant) => _tenants.GetValueOrDefault(tenant) < _limits.RunningPerTenant;

    /// <summary>Takes the next job, if a guest may begin, for a thread that is idle or new; wake it outside the lock.</summary>
    private GuestThread? Dispatch()
    {
        if (_ready.Count == 0 || !MayBegin || TakeWaiting() is not { } next) return null;
        var thread = Begin(next.Job, next.Lane);
        Offer(next.Lane);
        return thread;
    }

    // There is always a thread: they are as many as guests may run.
    private GuestThread Begin(GuestJob job, GuestLane lane)
    {
        Count(lane);
        if (!_idle.TryPop(out var thread)) _threads.Add(thread = new GuestThread(this));
        thread.Assign(job, Stopwatch.GetTimestamp());
        _begun = true;
        if (!_watching) _watch.Call();
        _watching = true;
        return thread;
    }

    private void Count(GuestLane lane)
    {
        lane.Running++;
        _running++;
        _counting++;
        CollectionsMarshal.GetValueRefOrAddDefault(_tenants, lane.Key.Tenant, out _)++;
    }

    private (GuestJob Job, GuestLane Lane)? TakeWaiting()
    {
        for (var left = _ready.Count; left > 0; left--)
        {
            var lane = _ready.Dequeue();
            lane.Ready = false;
            if (!lane.HasWork) continue;
            if (!MayBeginFor(lane.Key.Tenant))
            {
                Offer(lane);
                continue;
            }
            var job = lane.Waiting.First!.Value;
            lane.Waiting.RemoveFirst();
            job.Place = null;
            _waiting--;
            return (job, lane);
        }
        return null;
    }

    private void End(GuestJob job)
    {
        var lane = job.Lane!;
        _running--;
        lane.Running--;
        if (--CollectionsMarshal.GetValueRefOrAddDefault(_tenants, job.Tenant, out _) == 0 && _tenants.Count > KeptLanes) _tenants.Remove(job.Tenant);
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
        if (_lanes.Count > KeptLanes && lane.Running == 0 && lane.Waiting.Count == 0 && _lanes.GetValueOrDefault(lane.Key) == lane) _lanes.Remove(lane.Key);
    }

    private void Remove(GuestThread thread)
    {
        _threads.Remove(thread);
        if (!_idle.Contains(thread)) return;
        var kept = _idle.Where(t => t != thread).Reverse().ToArray();
        _idle.Clear();
        foreach (var other in kept) _idle.Push(other);
    }

    private bool Watch()
    {
        var woken = new List<GuestThread>();
        GuestJob[] late;
        lock (_gate)
        {
            if (_closed) return false;
            _idleTicks = _begun || _running > 0 || _ready.Count > 0 ? 0 : _idleTicks + 1;
            _begun = false;
            foreach (var thread in _threads.Where(t => t.Job is not null && Stopwatch.GetElapsedTime(t.Since) >= Short)) Uncount(thread);
            late = Late();
            while (Dispatch() is { } thread) woken.Add(thread);
            _watching = _idleTicks < IdleTicks;
        }
        foreach (var thread in woken) thread.Wake();
        foreach (var job in late) job.Abort();
        return _watching;
    }

    // Their timers end them, unless those wait for threads of a pool that is short of them.
    private GuestJob[] Late()
    {
        var now = Stopwatch.GetTimestamp();
        return [.. _threads.Select(t => t.Job).OfType<GuestJob>().Where(j => j.Due is > 0 and var due && due <= now)];
    }
}
