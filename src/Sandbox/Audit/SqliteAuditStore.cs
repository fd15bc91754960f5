using Microsoft.Data.Sqlite;

namespace ClawGrains.Sandbox.Audit;

/// <summary>
/// The audit store in one SQLite file. Entries are committed in batches by one thread, so a crash loses at most what
/// nobody awaited; triggers refuse updates and deletions except below the anchor that retention sets.
/// </summary>
public sealed class SqliteAuditStore : IAuditStore
{
    private readonly AuditQueue _queue = new();
    private readonly AuditChain _chain = new();
    private readonly SqliteConnection _connection;
    private readonly AuditInsert _insert;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private bool _durable = true;

    private SqliteAuditStore(SqliteConnection connection, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        _insert = new AuditInsert(connection);
        new Thread(Write) { IsBackground = true, Name = "audit" }.Start();
    }

    /// <summary>Where a host keeps it, below its data directory.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "audit.db");

    /// <summary>Opens the store, making the file where there is none.</summary>
    /// <exception cref="IOException">It can't be opened, or is no store; the message says what to do.</exception>
    public static SqliteAuditStore Open(string path, TimeProvider time)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            AuditSql.Prepare(connection);
            return new SqliteAuditStore(connection, time);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new IOException(e.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT
                ? $"{path} is damaged or is no SQLite database ({e.Message}). Nothing is run without an audit. Restore it from a backup, or move it away, and keep it, to begin a new one."
                : $"{path} can't be opened ({e.Message}).", e);
        }
    }

    /// <inheritdoc/>
    public ValueTask EnqueueAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ThrowIfFailed();
        var job = new AuditJob(entry, null, null);
        return _queue.TryAdd(job) is { } full ? new ValueTask(AddAsync(job, full, cancellationToken)) : default;
    }

    /// <inheritdoc/>
    public async ValueTask<Task> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        var waiter = NewWaiter();
        await AddAsync(new AuditJob(entry, null, waiter), Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        return waiter.Task;
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
        _queue.Close();
        await _ended.Task.ConfigureAwait(false);
        _insert.Dispose();
        _chain.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static TaskCompletionSource<object> NewWaiter() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AddAsync(AuditJob job, Task room, CancellationToken cancellationToken)
    {
        do
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            ThrowIfFailed();
        }
        while (_queue.TryAdd(job) is { } full && (room = full) is not null);
    }

    private async Task<object> RunOnWriterAsync(Func<SqliteConnection, object> work, CancellationToken cancellationToken)
    {
        var waiter = NewWaiter();
        await AddAsync(new AuditJob(null, work, waiter), Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        return await waiter.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // Entries that nobody awaits can't report that they were not written: whoever comes next is told.
    private void ThrowIfFailed()
    {
        if (Interlocked.Exchange(ref _failure, null) is { } failure) throw new IOException($"Audit records were not written: {failure.Message}", failure);
    }

    private void Write()
    {
        while (_queue.Take() is { } batch)
        {
            var from = 0;
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch[i].Work is null) continue;
                Commit(batch, from, i);
                Run(batch[i]);
                from = i + 1;
            }
            Commit(batch, from, batch.Count);
        }
        _ended.SetResult();
    }

    private void Commit(List<AuditJob> batch, int from, int end)
    {
        if (from == end) return;
        try
        {
            SetDurable(batch, from, end);
            using var transaction = _connection.BeginTransaction();
            // Other processes may have written to the same chain: a command beside a host, or two sessions of an editor.
            var (sequence, head) = AuditSql.Head(_connection);
            for (var i = from; i < end; i++)
            {
                var entry = batch[i].Entry!;
                head = _chain.Next(head, ++sequence, entry);
                _insert.Run(sequence, entry, head);
            }
            transaction.Commit();
            for (var i = from; i < end; i++) batch[i].Waiter?.TrySetResult(true);
        }
        catch (SqliteException e)
        {
            Fail(batch, from, end, e);
        }
    }

    // Whoever waits is told of what no loss of power can take back. Where nobody waits, the next such commit carries the
    // entries to the disk; until then they are safe from the end of this process.
    private void SetDurable(List<AuditJob> batch, int from, int end)
    {
        var durable = false;
        for (var i = from; i < end && !durable; i++) durable = batch[i].Waiter is not null;
        if (durable == _durable) return;
        AuditSql.Execute(_connection, durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        _durable = durable;
    }

    private void Fail(List<AuditJob> batch, int from, int end, SqliteException e)
    {
        for (var i = from; i < end; i++)
            if (batch[i].Waiter?.TrySetException(e) is null) Volatile.Write(ref _failure, e);
    }

    private void Run(AuditJob job)
    {
        try
        {
            job.Waiter!.TrySetResult(job.Work!(_connection));
        }
        catch (Exception e)
        {
            job.Waiter!.TrySetException(e);
        }
    }
}
