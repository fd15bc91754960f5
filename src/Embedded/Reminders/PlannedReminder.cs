namespace ClawGrains.Embedded.Reminders;

/// <summary>A reminder with the timer of its next tick.</summary>
internal sealed class PlannedReminder : IDisposable
{
    // The longest time a system timer takes; a wait that was cut short is no tick.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly TimeProvider _time;
    private readonly Action<Reminder> _tick;
    private readonly ITimer _timer;
    private DateTime _dueAt;

    internal PlannedReminder(Reminder reminder, TimeProvider time, Action<Reminder> tick)
    {
        (Reminder, _time, _tick) = (reminder, time, tick);
        _dueAt = Now + reminder.Next(Now);
        _timer = time.CreateTimer(static planned => ((PlannedReminder)planned!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wait();
    }

    internal Reminder Reminder { get; }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    public void Dispose() => _timer.Dispose();

    private void Wait()
    {
        var wait = _dueAt - Now;
        _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        if (Now >= _dueAt)
        {
            _tick(Reminder);
            _dueAt += Reminder.Period;
            if (_dueAt <= Now)
                _dueAt = Now + Reminder.Next(Now);
        }
        Wait();
    }
}
