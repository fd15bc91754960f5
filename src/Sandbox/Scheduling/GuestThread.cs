using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// A thread that runs guests, kept for the next one. Its stack is the same on every machine, whatever the process's limit.
/// </summary>
internal sealed class GuestThread
{
    private const int StackBytes = 8 << 20;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    [ThreadStatic]
    private static GuestThread? current;

    private readonly GuestScheduler _scheduler;
    private readonly ManualResetEventSlim _signal = new(false);
    private readonly Thread _thread;
    private int _started;
    private GuestJob? _job;

    public GuestThread(GuestScheduler scheduler)
    {
        _scheduler = scheduler;
        _thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "guest" };
    }

    /// <summary>The guest thread that this code runs on; null on any other.</summary>
    public static GuestThread? Current => current;

    /// <summary>The job it runs or is about to run. Written under the scheduler's lock while the thread is idle.</summary>
    public GuestJob? Job => Volatile.Read(ref _job);

    /// <summary>When its job was given to it.</summary>
    public long Since { get; private set; }

    /// <summary>Whether the job counts against the number of guests that compute at once.</summary>
    public bool Counts { get; set; }

    public void Assign(GuestJob job, long now)
    {
        (Since, Counts) = (now, true);
        Volatile.Write(ref _job, job);
    }

    /// <summary>Makes the thread see what was assigned, outside the lock; starts it at the first time.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0) _thread.Start();
        else _signal.Set();
    }

    /// <summary>The job waits for something outside: another guest may compute meanwhile.</summary>
    public void Blocks() => _scheduler.StopCounting(this);

    public void Join(TimeSpan timeout) => _thread.Join(timeout);

    private void Loop()
    {
        current = this;
        for (var job = Job; job is not null; job = Next())
        {
            var (outcome, bug) = Run(job);
            Volatile.Write(ref _job, null);
            // The thread is free for the next call before the caller learns of this one's end.
            var stays = _scheduler.Finish(this, job);
            if (bug is null) job.TrySetResult(outcome!);
            else job.TrySetException(bug);
            if (!stays) return;
        }
    }

    private static (PluginOutcome? Outcome, Exception? Bug) Run(GuestJob job)
    {
        try
        {
            return (job.Run(), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }

    private GuestJob? Next()
    {
        while (true)
        {
            if (Job is { } job) return job;
            if ((!_signal.Wait(IdleTime) || _scheduler.IsClosed) && _scheduler.TryRetire(this)) return null;
            _signal.Reset();
        }
    }
}
