namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// A thread that runs guests, kept for the next one. Its stack is the same on every machine, whatever the process's limit.
/// </summary>
internal sealed class GuestThread : GuestSeat
{
    public const int StackBytes = 8 << 20;
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _signal = new(false);
    private readonly Thread _thread;
    private int _started;

    public GuestThread(GuestScheduler scheduler)
        : base(scheduler) => _thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "guest" };

    /// <summary>Makes the thread see what was assigned; starts it at the first time.</summary>
    public override void Wake()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0) _thread.Start();
        else _signal.Set();
    }

    public void Join(TimeSpan timeout) => _thread.Join(timeout);

    private void Loop()
    {
        for (var job = Job; job is not null; job = Next())
        {
            var (outcome, bug) = Run(job);
            if (!End(job, outcome, bug)) return;
        }
    }

    private GuestJob? Next()
    {
        while (true)
        {
            if (Job is { } job) return job;
            if ((!_signal.Wait(IdleTime) || Scheduler.IsClosed) && Scheduler.TryRetire(this)) return null;
            _signal.Reset();
        }
    }
}
