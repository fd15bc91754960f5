using ClawGrains.Embedded.Calls;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Runtime;

/// <summary>One activation: the queue of its requests and continuations and the rules by which they take turns.
/// It is its own thread-pool item: queued at most once, so that its turns never overlap.</summary>
internal sealed partial class Activation : IGrainContext, IThreadPoolWorkItem, IMessageTarget
{
    private const int TurnsPerSlice = 128;

    private readonly Lock _gate = new();
    private readonly Queue<Task> _tasks = new();
    private readonly ActivationScheduler _scheduler;
    private readonly Func<Work, bool> _mayStart;
    private readonly IMessageTarget? _pool;
    private WorkQueue _waiting;
    private readonly List<Work> _running = [];
    private Work? _blocking;
    private bool _scheduled;
    private ActivationState _state;
    private Dictionary<Guid, int>? _reentrantSections;

    internal Activation(Silo silo, GrainClass grainClass, GrainId grainId, IMessageTarget? pool = null)
    {
        (Silo, Class, GrainId, _pool) = (silo, grainClass, grainId, pool);
        _scheduler = new(this);
        _mayStart = MayStart;
        _lastUsed = silo.Time.GetTimestamp();
    }

    internal Silo Silo { get; }

    internal GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; } = new(Guid.NewGuid());

    public object? GrainInstance { get; private set; }

    public GrainReference GrainReference => field ??= References.Untyped(Silo.Runtime, GrainId);

    public IServiceProvider ActivationServices => _scope?.ServiceProvider ?? Silo.Services;

    public IReadOnlyList<Activation> Activations => [this];

    internal bool IsRunningHere => ReferenceEquals(RuntimeContext.Current, this);

    /// <summary>Requests that wait or run; approximate without the lock.</summary>
    internal int Load => _waiting.Count + _running.Count;

    public bool Receive(Work work)
    {
        lock (_gate)
        {
            if (_state == ActivationState.Invalid || work.IsBound && _state == ActivationState.Deactivating)
                return false;
            _waiting.Add(work);
            ScheduleLocked();
        }
        return true;
    }

    /// <summary>Runs an action as a turn of its own, whatever requests are in progress.</summary>
    internal void Post(Action action) => _ = new Task(action).StartOn(_scheduler);

    internal void Queue(Task task)
    {
        lock (_gate)
        {
            _tasks.Enqueue(task);
            ScheduleLocked();
        }
    }

    internal Task[] QueuedTasks()
    {
        lock (_gate)
            return [.. _tasks];
    }

    /// <summary>A started request has ended; called in a turn.</summary>
    internal void Finished(Work work)
    {
        lock (_gate)
        {
            _running.Remove(work);
            if (ReferenceEquals(_blocking, work))
                _blocking = null;
            if (work.KeepsAlive)
                _lastUsed = Silo.Time.GetTimestamp();
            if (!IsRunningHere)
                ScheduleLocked();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        RuntimeContext.Current = this;
        try
        {
            for (var turns = 0; turns < TurnsPerSlice; turns++)
            {
                if (!RunNext())
                    return;
            }
            // Others wait for this thread: go to the end of the shared queue.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        finally
        {
            RuntimeContext.Current = null;
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"[{GrainId} {ActivationId} {_state}]";

    internal void EnterReentrantSection(Guid id)
    {
        lock (_gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[id] = _reentrantSections.GetValueOrDefault(id) + 1;
        }
    }

    internal void LeaveReentrantSection(Guid id)
    {
        lock (_gate)
        {
            if (_reentrantSections is null || !_reentrantSections.TryGetValue(id, out var depth))
                return;
            if (depth == 1)
                _reentrantSections.Remove(id);
            else
                _reentrantSections[id] = depth - 1;
            ScheduleLocked();
        }
    }

    /// <summary>Ends the waiting of callers whose time is up; what runs goes on.</summary>
    internal void TimeOut(long now)
    {
        List<GrainCall> late;
        lock (_gate)
        {
            if (_running.Count == 0 && _waiting.Count == 0)
                return;
            late = [.. _running.Concat(_waiting.All).OfType<GrainCall>().Where(call => call.Deadline <= now && !call.IsAnswered)];
        }
        foreach (var call in late)
            call.TimeOut();
    }

    private void ScheduleLocked()
    {
        if (_scheduled)
            return;
        _scheduled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private bool RunNext()
    {
        Task? task;
        Work? work = null;
        Action? change = null;
        lock (_gate)
        {
            if (!_tasks.TryDequeue(out task) && (change = NextChangeLocked()) is null && (work = NextWorkLocked()) is null)
                return _scheduled = false;
        }
        if (task is not null)
            _scheduler.Run(task);
        else if (change is not null)
            new Task(change).RunSynchronously(_scheduler);
        else
            new Task(static state => { var (self, work) = ((Activation, Work))state!; work.Start(self); }, (this, work!)).RunSynchronously(_scheduler);
        return true;
    }

    private Work? NextWorkLocked()
    {
        if (_state != ActivationState.Valid || _waiting.Count == 0)
            return null;
        var work = _waiting.Take(_mayStart, askAll: Class.MayInterleave is not null || Class.IsReentrant);
        if (work is null)
            return null;
        _running.Add(work);
        if (_blocking is null && !work.Interleave)
            _blocking = work;
        return work;
    }

    private bool MayStart(Work work)
    {
        if (_running.Count == 0 || work.Interleave || _blocking is null || Class.IsReentrant || _blocking.ReadOnly && work.ReadOnly)
            return true;
        if (_reentrantSections is { Count: > 0 } && work.ReentrancyId is var id && id != Guid.Empty && _reentrantSections.ContainsKey(id))
            return true;
        return Class.MayInterleave is { } predicate && (Asks(predicate, work) || Asks(predicate, _blocking));
    }

    private static bool Asks(Func<Orleans.Serialization.Invocation.IInvokable, bool> predicate, Work work) => work is GrainCall call && predicate(call);
}
