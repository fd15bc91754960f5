using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ClawGrains.Sandbox.Audit;

/// <summary>
/// The audit store in one SQLite file. Entries are committed in batches by one writer, so a crash loses at most what
/// nobody awaited; triggers refuse updates and deletions except below the anchor that retention sets.
/// </summary>
public sealed class SqliteAuditStore : IAuditStore
{
    private const int QueueLength = 16_384;
    private const int BatchLength = 512;

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly Task _writer;
    private long _sequence;
    private string _head;

    private SqliteAuditStore(SqliteConnection connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        (_sequence, _head) = AuditSql.Head(connection);
        _writer = Task.Run(RunAsync);
    }

    /// <summary>Opens the store, making the file where there is none.</summary>
    public static SqliteAuditStore Open(string path, TimeProvider time)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        AuditSql.Prepare(connection);
        return new SqliteAuditStore(connection, time);
    }

    /// <inheritdoc/>
    public async ValueTask<Task> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        var job = new Job(entry, null);
        if (!_jobs.Writer.TryWrite(job)) await _jobs.Writer.WriteAsync(job, cancellationToken).ConfigureAwait(false);
        return job.Done.Task;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditRecord>> QueryAsync(AuditFilter filter, CancellationToken cancellationToken = default) =>
        (IReadOnlyList<AuditRecord>)await RunOnWriterAsync(c => AuditSql.Query(c, filter), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<AuditVerification> VerifyAsync(string? expectedHead = null, CancellationToken cancellationToken = default) =>
        (AuditVerification)await RunOnWriterAsync(c => AuditSql.Verify(c, expectedHead), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<long> RetainAsync(AuditRetention retention, CancellationToken cancellationToken = default) =>
        (long)await RunOnWriterAsync(c => AuditSql.Retain(c, retention, _time.GetUtcNow()), cancellationToken).ConfigureAwait(false);

    /// <summary>Writes what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<object> RunOnWriterAsync(Func<SqliteConnection, object> work, CancellationToken cancellationToken)
    {
        var job = new Job(null, work);
        await _jobs.Writer.WriteAsync(job, cancellationToken).ConfigureAwait(false);
        return await job.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (await _jobs.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var batch = new List<Job>();
            while (batch.Count < BatchLength && _jobs.Reader.TryRead(out var job))
            {
                if (job.Entry is not null) batch.Add(job);
                else
                {
                    Commit(batch);
                    batch.Clear();
                    Run(job);
                }
            }
            Commit(batch);
        }
    }

    private void Commit(List<Job> batch)
    {
        if (batch.Count == 0) return;
        var (sequence, head) = (_sequence, _head);
        try
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var job in batch)
            {
                head = AuditChain.Next(head, ++sequence, job.Entry!);
                AuditSql.Insert(_connection, transaction, new AuditRecord(sequence, job.Entry!, head));
            }
            transaction.Commit();
            (_sequence, _head) = (sequence, head);
            foreach (var job in batch) job.Done.TrySetResult(true);
        }
        catch (SqliteException e)
        {
            foreach (var job in batch) job.Done.TrySetException(e);
        }
    }

    private void Run(Job job)
    {
        try
        {
            job.Done.TrySetResult(job.Work!(_connection));
        }
        catch (Exception e)
        {
            job.Done.TrySetException(e);
        }
    }

    private sealed record Job(AuditEntry? Entry, Func<SqliteConnection, object>? Work)
    {
        public TaskCompletionSource<object> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
