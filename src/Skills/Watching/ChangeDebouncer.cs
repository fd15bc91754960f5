namespace ClawGrains.Skills.Watching;

/// <summary>
/// Turns a burst of signals into one call: when there was none for a while, or a longer while after the first at the latest.
/// </summary>
public sealed class ChangeDebouncer : IDisposable
{
    private readonly TimeSpan _quiet;
    private readonly TimeSpan _longest;
    private readonly TimeProvider _time;
    private readonly Action _fire;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long? _first;
    private TimeSpan _due;

    /// <param name="quiet">How long no signal must come.</param>
    /// <param name="longest">How long after the first signal the call comes at the latest.</param>
    /// <param name="time">The clock.</param>
    /// <param name="fire">Called once for a burst, on a thread of the clock's timer. Must not throw.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longest"/> is less than <paramref name="quiet"/>.</exception>
    public ChangeDebouncer(TimeSpan quiet, TimeSpan longest, TimeProvider time, Action fire)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(fire);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, quiet);
        (_quiet, _longest, _time, _fire) = (quiet, longest, time, fire);
        _timer = time.CreateTimer(_ => Elapsed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something happened.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            _first ??= _time.GetTimestamp();
            var since = _time.GetElapsedTime(_first.Value);
            _due = since + _quiet < _longest ? since + _quiet : _longest;
            Arm(_due - since);
        }
    }

    /// <summary>No call comes after this, except one that is under way.</summary>
    public void Dispose() => _timer.Dispose();

    private void Elapsed()
    {
        lock (_lock)
        {
            if (_first is not { } first) return;
            // A signal may have moved the time while this was on its way here.
            var left = _due - _time.GetElapsedTime(first);
            if (left > TimeSpan.Zero)
            {
                Arm(left);
                return;
            }
            _first = null;
        }
        _fire();
    }

    // Timers count whole milliseconds; one that is early would find time left and come again.
    private void Arm(TimeSpan left) =>
        _timer.Change(left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
}
