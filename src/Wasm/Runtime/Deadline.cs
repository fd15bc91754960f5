namespace ClawGrains.Wasm.Runtime;

/// <summary>Interrupts a store when its time is up. After disposal it has no effect any more.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly Lock gate = new();
    private readonly Store store;
    private readonly ITimer timer;
    private bool over;

    public Deadline(Store store, TimeSpan delay, TimeProvider time)
    {
        this.store = store;
        timer = time.CreateTimer(_ => Fire(delay), null, delay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (over) return;
            over = true;
        }
        timer.Dispose();
        store.ClearInterrupt();
    }

    private void Fire(TimeSpan delay)
    {
        lock (gate)
        {
            if (!over) store.Interrupt(FormattableString.Invariant($"the deadline of {delay.TotalMilliseconds} ms passed"));
        }
    }
}
