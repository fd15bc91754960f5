using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace ClawGrains.Embedded.Storage;

/// <summary>One SQLite file behind one queue. What is queued together is one transaction; a caller goes on when it is committed.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int MaxBatch = 512;

    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>(new() { SingleReader = true });
    private readonly DatabaseLock _lock;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Task _worker;

    private SqliteDatabase(string path, DatabaseLock @lock, SqliteConnection connection)
    {
        (Path, _lock, _connection) = (path, @lock, connection);
        _worker = Task.Run(WorkAsync);
    }

    internal string Path { get; }

    /// <exception cref="EmbeddedStorageException">The file is in use, damaged, of a later version or not accessible.</exception>
    internal static async Task<SqliteDatabase> OpenAsync(string path, CancellationToken token)
    {
        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        var @lock = await DatabaseLock.TakeAsync(full, token).ConfigureAwait(false);
        return await Task.Run(() => Open(full, @lock), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Runs statements on the database's thread; a failure undoes nothing of others in the same batch.</summary>
    internal async Task<T> RunAsync<T>(Func<SqliteDatabase, T> work, CancellationToken token = default)
    {
        var job = new Job<T>(work);
        if (!_jobs.Writer.TryWrite(job))
            throw new ObjectDisposedException(nameof(SqliteDatabase), $"{Path} has been closed.");
        return await job.Result.WaitAsync(token).ConfigureAwait(false);
    }

    /// <summary>A prepared statement with its parameters set in order (?1, ?2…).</summary>
    internal SqliteCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
                command.Parameters.Add(new($"?{i}", null));
            _commands[sql] = command;
        }
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_jobs.Writer.TryComplete())
            return;
        await _worker.ConfigureAwait(false);
        foreach (var command in _commands.Values)
            await command.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private static SqliteDatabase Open(string path, DatabaseLock @lock)
    {
        SqliteConnection? connection = null;
        try
        {
            SQLitePCL.Batteries_V2.Init();
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            SqliteSchema.Prepare(connection, path);
            return new(path, @lock, connection);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            @lock.Dispose();
            throw e is SqliteException sqlite ? SqliteErrors.Explain(path, sqlite) : e;
        }
    }

    private async Task WorkAsync()
    {
        var batch = new List<Job>();
        while (await _jobs.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _jobs.Reader.TryRead(out var job))
                batch.Add(job);
            RunBatch(batch);
        }
    }

    private void RunBatch(List<Job> batch)
    {
        try
        {
            Command("BEGIN IMMEDIATE").ExecuteNonQuery();
            foreach (var job in batch)
                job.Run(this);
            Command("COMMIT").ExecuteNonQuery();
        }
        catch (Exception e)
        {
            RollBack();
            foreach (var job in batch)
                job.Fail(e);
        }
        foreach (var job in batch)
            job.Complete();
    }

    private void RollBack()
    {
        try
        {
            Command("ROLLBACK").ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already.
        }
    }

    private abstract class Job
    {
        internal abstract void Run(SqliteDatabase database);

        internal abstract void Fail(Exception reason);

        internal abstract void Complete();
    }

    private sealed class Job<T>(Func<SqliteDatabase, T> work) : Job
    {
        private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _value;
        private Exception? _failure;

        internal Task<T> Result => _result.Task;

        internal override void Run(SqliteDatabase database)
        {
            try
            {
                _value = work(database);
            }
            catch (SqliteException e)
            {
                _failure = SqliteErrors.Explain(database.Path, e);
            }
            catch (Exception e)
            {
                _failure = e;
            }
        }

        internal override void Fail(Exception reason) => _failure ??= reason;

        internal override void Complete()
        {
            if (_failure is null)
                _result.SetResult(_value!);
            else
                _result.SetException(_failure);
        }
    }
}
