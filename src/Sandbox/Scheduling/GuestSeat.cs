using ClawGrains.Sandbox.Execution;

namespace ClawGrains.Sandbox.Scheduling;

/// <summary>Where one guest at a time runs: a thread that is kept for it, or a turn of the .NET pool.</summary>
internal abstract class GuestSeat(GuestScheduler scheduler)
{
    [ThreadStatic]
    private static GuestSeat? current;

    private GuestJob? _job;

    /// <summary>The seat that this code runs in; null outside any guest's call.</summary>
    public static GuestSeat? Current => current;

    /// <summary>The job it runs or is about to run. Written under the scheduler's lock while the seat is free.</summary>
    public GuestJob? Job => Volatile.Read(ref _job);

    /// <summary>When its job was given to it.</summary>
    public long Since { get; private set; }

    /// <summary>Whether the job counts against the number of guests that compute at once.</summary>
    public bool Counts { get; set; }

    protected GuestScheduler Scheduler { get; } = scheduler;

    /// <summary>Gives it a job; <see cref="Wake"/> has it run, outside the lock.</summary>
    public void Assign(GuestJob job, long now)
    {
        (Since, Counts) = (now, true);
        Volatile.Write(ref _job, job);
    }

    /// <summary>Makes the seat see what was assigned.</summary>
    public abstract void Wake();

    /// <summary>The job waits for something outside: another guest may compute meanwhile.</summary>
    public void Blocks() => Scheduler.StopCounting(this);

    /// <summary>Runs its job to the end, for our own bugs to the exception.</summary>
    protected (PluginOutcome? Outcome, Exception? Bug) Run(GuestJob job)
    {
        current = this;
        try
        {
            return (job.Run(), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
        finally
        {
            current = null;
        }
    }

    /// <summary>Frees the seat for the next call before the caller learns of this one's end. False where the seat is to go.</summary>
    protected bool End(GuestJob job, PluginOutcome? outcome, Exception? bug)
    {
        Volatile.Write(ref _job, null);
        var stays = Scheduler.Finish(this, job);
        if (bug is null) job.TrySetResult(outcome!);
        else job.TrySetException(bug);
        return stays;
    }

    /// <summary>Takes the job away again.</summary>
    protected void Unassign() => Volatile.Write(ref _job, null);
}
