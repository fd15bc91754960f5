using Microsoft.Data.Sqlite;

namespace ClawGrains.Sandbox.Audit;

/// <summary>An entry to write, or work to do on the connection between entries; with who waits for it, if anybody does.</summary>
internal readonly record struct AuditJob(AuditEntry? Entry, Func<SqliteConnection, object>? Work, TaskCompletionSource<object>? Waiter);

/// <summary>
/// What waits to be written, in order. A batch is handed over when somebody waits for one of its jobs, when it is large,
/// or a tenth of a second after its first entry: group commit.
/// </summary>
internal sealed class AuditQueue
{
    private const int Capacity = 32_768;
    private const int Large = 4_096;
    private const int WindowMilliseconds = 100;

    private readonly object _gate = new();
    private List<AuditJob> _filling = [];
    private List<AuditJob> _draining = [];
    private TaskCompletionSource? _room;
    private bool _urgent;
    private bool _closed;

    /// <summary>Adds a job; where the queue is full, gives a task that ends when there may be room again.</summary>
    public Task? TryAdd(AuditJob job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteAuditStore));
            if (_filling.Count >= Capacity) return (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            _filling.Add(job);
            var urgent = job.Waiter is not null || _filling.Count >= Large;
            if (_filling.Count == 1 || (urgent && !_urgent)) Monitor.Pulse(_gate);
            _urgent |= urgent;
            return null;
        }
    }

    /// <summary>Blocks for the next batch, which is valid until the next call; null once the queue is closed and empty.</summary>
    public List<AuditJob>? Take()
    {
        lock (_gate)
        {
            while (_filling.Count == 0)
            {
                if (_closed) return null;
                Monitor.Wait(_gate);
            }
            if (!_urgent && !_closed) Monitor.Wait(_gate, WindowMilliseconds);
            _draining.Clear();
            (_filling, _draining) = (_draining, _filling);
            _urgent = false;
            _room?.SetResult();
            _room = null;
            return _draining;
        }
    }

    /// <summary>Takes no further jobs; what is there is still handed over.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
