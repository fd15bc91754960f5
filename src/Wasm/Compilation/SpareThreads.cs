namespace ClawGrains.Wasm.Compilation;

/// <summary>Threads of the pool for what need not be done at all, so few at a time that a processor is left to the guests.</summary>
/// <param name="most">How many work at a time; who comes later isn't let in.</param>
/// <param name="queue">Has an item executed.</param>
internal sealed class SpareThreads(int most, Action<IThreadPoolWorkItem> queue)
{
    private int atWork;

    public static SpareThreads OfProcess { get; } =
        new(Environment.ProcessorCount - 1, item => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false));

    /// <summary>Queues the item, which then is one of those at work, if there is room for it.</summary>
    public bool TryBegin(IThreadPoolWorkItem item)
    {
        if (Interlocked.Increment(ref atWork) <= most)
        {
            queue(item);
            return true;
        }
        End();
        return false;
    }

    /// <summary>Queues an item at work again, behind all others that wait for the pool.</summary>
    public void GoOn(IThreadPoolWorkItem item) => queue(item);

    /// <summary>For an item that has nothing left to do.</summary>
    public void End() => Interlocked.Decrement(ref atWork);
}
