namespace ClawGrains.Sandbox.Scheduling;

/// <summary>
/// Looks at what runs every few milliseconds while anything does, on a thread of its own: a timer's turn would wait for
/// the very threads that guests may hold.
/// </summary>
/// <param name="look">What it does each time; false has it sleep until it is called again.</param>
internal sealed class GuestWatch(Func<bool> look) : IDisposable
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly AutoResetEvent _call = new(false);
    private readonly AutoResetEvent _end = new(false);
    private int _started;
    private volatile bool _ended;

    /// <summary>Has it look from now on; its thread is made at the first time.</summary>
    public void Call()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0) new Thread(Loop, 256 << 10) { IsBackground = true, Name = "guest watch" }.Start();
        _call.Set();
    }

    public void Dispose()
    {
        _ended = true;
        _end.Set();
        _call.Set();
    }

    private void Loop()
    {
        while (!_ended)
        {
            _call.WaitOne();
            do _end.WaitOne(Tick);
            while (!_ended && look());
        }
    }
}
