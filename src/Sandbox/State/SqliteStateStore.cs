using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ClawGrains.Sandbox.State;

/// <summary>Plugins' state in one SQLite file. What an owner uses is counted by triggers, in the transaction that changes it.</summary>
public sealed class SqliteStateStore : IPluginStateStore
{
    private const string Schema = """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        CREATE TABLE IF NOT EXISTS state (
          tenant TEXT NOT NULL, plugin TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (tenant, plugin, key)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS state_usage (
          tenant TEXT NOT NULL, plugin TEXT NOT NULL, bytes INTEGER NOT NULL, entries INTEGER NOT NULL, PRIMARY KEY (tenant, plugin)) WITHOUT ROWID;
        CREATE TRIGGER IF NOT EXISTS state_added AFTER INSERT ON state BEGIN
          INSERT INTO state_usage VALUES (new.tenant, new.plugin, length(new.key) + length(new.value), 1)
            ON CONFLICT (tenant, plugin) DO UPDATE SET bytes = bytes + excluded.bytes, entries = entries + 1;
        END;
        CREATE TRIGGER IF NOT EXISTS state_changed AFTER UPDATE ON state BEGIN
          UPDATE state_usage SET bytes = bytes + length(new.value) - length(old.value) WHERE tenant = new.tenant AND plugin = new.plugin;
        END;
        CREATE TRIGGER IF NOT EXISTS state_removed AFTER DELETE ON state BEGIN
          UPDATE state_usage SET bytes = bytes - length(old.key) - length(old.value), entries = entries - 1 WHERE tenant = old.tenant AND plugin = old.plugin;
        END;
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    private SqliteStateStore(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the store, making the file where there is none.</summary>
    public static SqliteStateStore Open(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var store = new SqliteStateStore(connection);
        store.Execute(Schema);
        return store;
    }

    /// <inheritdoc/>
    public ValueTask<byte[]?> GetAsync(StateOwner owner, string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            using var command = Command("SELECT value FROM state WHERE tenant = $0 AND plugin = $1 AND key = $2", owner.Tenant.Value, owner.Plugin.Value, Bytes(key));
            return new(command.ExecuteScalar() as byte[]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySetAsync(StateOwner owner, (string Key, ReadOnlyMemory<byte> Value) entry, StateQuota quota, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            Execute("INSERT INTO state VALUES ($0, $1, $2, $3) ON CONFLICT (tenant, plugin, key) DO UPDATE SET value = excluded.value",
                owner.Tenant.Value, owner.Plugin.Value, Bytes(entry.Key), entry.Value.ToArray());
            using var usage = Command("SELECT bytes <= $2 AND entries <= $3 FROM state_usage WHERE tenant = $0 AND plugin = $1", owner.Tenant.Value, owner.Plugin.Value, quota.Bytes, quota.Entries);
            var fits = usage.ExecuteScalar() is 1L;
            if (fits) transaction.Commit();
            return new(fits);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(StateOwner owner, string key, CancellationToken cancellationToken)
    {
        lock (_gate) return new(Execute("DELETE FROM state WHERE tenant = $0 AND plugin = $1 AND key = $2", owner.Tenant.Value, owner.Plugin.Value, Bytes(key)) > 0);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListAsync(StateOwner owner, (string Prefix, string? After) range, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var prefix = Bytes(range.Prefix);
            using var command = Command("""
                SELECT key FROM state WHERE tenant = $0 AND plugin = $1 AND key >= $2 AND substr(key, 1, $3) = $2 AND ($4 IS NULL OR key > $4) ORDER BY key LIMIT $5
                """, owner.Tenant.Value, owner.Plugin.Value, prefix, prefix.Length, range.After is { } after ? Bytes(after) : null, limit);
            using var reader = command.ExecuteReader();
            var keys = new List<string>();
            while (reader.Read()) keys.Add(Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0)));
            return new(keys);
        }
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(StateOwner owner, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            using var transaction = _connection.BeginTransaction();
            Execute("DELETE FROM state WHERE tenant = $0 AND plugin = $1", owner.Tenant.Value, owner.Plugin.Value);
            Execute("DELETE FROM state_usage WHERE tenant = $0 AND plugin = $1", owner.Tenant.Value, owner.Plugin.Value);
            transaction.Commit();
        }
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Keys are compared as UTF-8, in which ordinal order and prefixes mean the same on every system.
    private static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);

    private int Execute(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i] ?? DBNull.Value);
        return command;
    }
}
