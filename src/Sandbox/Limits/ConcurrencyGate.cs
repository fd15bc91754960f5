namespace ClawGrains.Sandbox.Limits;

/// <summary>Lets so many calls run at once and so many wait; the next is refused at once.</summary>
public sealed class ConcurrencyGate(int concurrency, int queueLength) : IDisposable
{
    private readonly SemaphoreSlim _free = new(concurrency);
    private int _inside;

    /// <summary>Calls that run or wait.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>Waits for a place; null where the queue is full. Dispose what it gives when the call has ended.</summary>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > concurrency + queueLength)
        {
            Interlocked.Decrement(ref _inside);
            return null;
        }
        try
        {
            await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.Decrement(ref _inside);
            throw;
        }
        return new Place(this);
    }

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private sealed class Place(ConcurrencyGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0) return;
            Interlocked.Decrement(ref gate._inside);
            gate._free.Release();
        }
    }
}
