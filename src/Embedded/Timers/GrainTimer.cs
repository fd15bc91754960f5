using ClawGrains.Embedded.Runtime;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Timers;

/// <summary>Runs a callback as requests of the activation. The next run is planned when the last has ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _ended;
    private readonly ITimer _timer;
    private TimeSpan _period;
    private bool _running;
    private bool _changed;

    internal GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, options.Period);
        (_activation, _callback, _options, _period) = (activation, callback, options, options.Period);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(activation.Ending);
        _timer = activation.Silo.Time.CreateTimer(static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _ended.Token.UnsafeRegister(static timer => ((ITimer)timer!).Dispose(), _timer);
        _timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        _period = period;
        _changed = _running;
        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _ended.Cancel();

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        foreach (var time in (ReadOnlySpan<TimeSpan>)[dueTime, period])
        {
            if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan)
                throw new ArgumentOutOfRangeException(nameof(dueTime), time, "A timer's times should be zero or more, or infinite.");
        }
    }

    private void Fire()
    {
        if (!_ended.IsCancellationRequested)
            _activation.Receive(new Run(this));
    }

    private async Task RunAsync()
    {
        if (_ended.IsCancellationRequested)
            return;
        _running = true;
        try
        {
            await _callback(_ended.Token);
        }
        catch (Exception e)
        {
            _activation.Silo.Log.TimerFailed(_activation.GrainId, e);
        }
        _running = false;
        // A callback that changed its own timer has set the next run already.
        if (!_changed && !_ended.IsCancellationRequested && _period != Timeout.InfiniteTimeSpan)
            _timer.Change(_period, Timeout.InfiniteTimeSpan);
        _changed = false;
    }

    private sealed class Run : Work
    {
        private readonly GrainTimer _timer;

        internal Run(GrainTimer timer) => (_timer, Interleave) = (timer, timer._options.Interleave);

        internal override bool KeepsAlive => _timer._options.KeepAlive;

        internal override bool IsBound => true;

        internal override void Start(Activation activation) => _ = StartAsync(activation);

        internal override void Reject(Exception reason)
        {
            // The activation has ended, and the timer with it.
        }

        private async Task StartAsync(Activation activation)
        {
            await _timer.RunAsync();
            activation.Finished(this);
        }
    }
}
