using System.Globalization;
using ClawGrains.Contracts;
using Microsoft.Data.Sqlite;

namespace ClawGrains.Sandbox.Audit;

/// <summary>The statements of <see cref="SqliteAuditStore"/>; plain SQL that PostgreSQL takes with other triggers.</summary>
internal static class AuditSql
{
    private const string Schema = """
        PRAGMA auto_vacuum=INCREMENTAL;
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA wal_autocheckpoint=4000;
        CREATE TABLE IF NOT EXISTS audit (
          seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, tenant TEXT NOT NULL, plugin TEXT NOT NULL, version TEXT NOT NULL,
          function TEXT NOT NULL, arguments TEXT NOT NULL, allowed INTEGER NOT NULL, reason TEXT NOT NULL,
          duration INTEGER NOT NULL, call TEXT NOT NULL, hash TEXT NOT NULL);
        DROP INDEX IF EXISTS audit_plugin;
        CREATE INDEX IF NOT EXISTS audit_by_plugin ON audit (plugin, seq);
        CREATE TABLE IF NOT EXISTS audit_anchor (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL);
        CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit
          WHEN old.seq > coalesce((SELECT seq FROM audit_anchor), 0) BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        """;

    public const string Columns = "seq, time, tenant, plugin, version, function, arguments, allowed, reason, duration, call, hash";

    // SQLite gives bytes as the text that they spell and any text for a number as 0: the hash would still fit what filters
    // no longer find.
    private const string AsWritten = """
        typeof(time) = 'integer' AND time BETWEEN 0 AND 3155378975999999999 AND typeof(duration) = 'integer' AND allowed IN (0, 1)
        AND typeof(tenant) = 'text' AND typeof(plugin) = 'text' AND typeof(version) = 'text' AND typeof(function) = 'text'
        AND typeof(arguments) = 'text' AND typeof(reason) = 'text' AND typeof(call) = 'text' AND typeof(hash) = 'text'
        """;

    public static void Prepare(SqliteConnection connection) => Execute(connection, Schema);

    public static (long Sequence, string Hash) Head(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : Anchor(connection);
    }

    public static List<AuditRecord> Query(SqliteConnection connection, AuditFilter f)
    {
        var (text, values) = Statement(f);
        using var command = Command(connection, text, values);
        using var reader = command.ExecuteReader();
        var records = new List<AuditRecord>();
        while (reader.Read())
            records.Add(Read(reader) ?? throw new InvalidDataException($"Record {reader.GetInt64(0)} of the audit was changed by somebody else and can't be shown. See `claw audit verify`."));
        if (f.Newest) records.Reverse();
        return records;
    }

    /// <summary>The query of a filter. It has no condition for what is not asked for: an index answers no <c>$1 IS NULL OR plugin = $1</c>.</summary>
    internal static (string Text, object[] Values) Statement(AuditFilter f)
    {
        (string Condition, object? Value)[] all =
        [
            ("seq >", f.After), ("tenant =", f.Tenant?.Value), ("plugin =", f.Plugin), ("function =", f.Function),
            ("allowed =", f.Allowed is { } a ? a ? 1 : 0 : null), ("time >=", f.From?.UtcTicks), ("time <", f.Until?.UtcTicks),
        ];
        var asked = all.Where(c => c.Value is not null).ToArray();
        var conditions = string.Join(" AND ", asked.Select((c, i) => $"{c.Condition} ${i}"));
        return ($"SELECT {Columns}, {AsWritten} FROM audit WHERE {conditions} ORDER BY seq {(f.Newest ? "DESC" : "")} LIMIT ${asked.Length}", [.. asked.Select(c => c.Value!), f.Limit]);
    }

    public static AuditVerification Verify(SqliteConnection connection, string? expectedHead)
    {
        using var chain = new AuditChain();
        var (sequence, hash) = Anchor(connection);
        var (count, found) = (0L, expectedHead is null || expectedHead == hash);
        using var command = Command(connection, $"SELECT {Columns}, {AsWritten} FROM audit ORDER BY seq");
        using var reader = command.ExecuteReader();
        for (; reader.Read(); count++)
        {
            if (reader.GetInt64(0) != ++sequence) return new(count, sequence, $"record {sequence} is missing", hash);
            if (Read(reader) is not { } record || chain.Next(hash, sequence, record.Entry) != record.Hash) return new(count, sequence, $"record {sequence} was changed", hash);
            hash = record.Hash;
            found |= hash == expectedHead;
        }
        return found ? new(count, null, "", hash) : new(count, sequence + 1, "the expected head is not in the chain: records were cut from its end", hash);
    }

    public static object Retain(SqliteConnection connection, AuditRetention retention, DateTimeOffset now)
    {
        var removed = Remove(connection, retention, now);
        // What was freed is given back to the file system; without it the file never shrinks.
        if (removed > 0) Execute(connection, "PRAGMA incremental_vacuum");
        return removed;
    }

    private static long Remove(SqliteConnection connection, AuditRetention retention, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction();
        using var find = Command(connection, """
            SELECT max(seq) FROM (
              SELECT seq, time, sum(96 + length(tenant) + length(plugin) + length(version) + length(function) + length(arguments) + length(reason) + length(call))
                OVER (ORDER BY seq DESC) AS newer FROM audit)
            WHERE ($0 IS NOT NULL AND time < $0) OR ($1 IS NOT NULL AND seq <= (SELECT max(seq) FROM audit) - $1) OR ($2 IS NOT NULL AND newer > $2)
            """, retention.MaxAge is { } age ? (now - age).UtcTicks : null, retention.MaxRecords, retention.MaxBytes);
        find.Transaction = transaction;
        if (find.ExecuteScalar() is not long last) return 0;
        Execute(connection, "INSERT INTO audit_anchor (id, seq, hash) SELECT 1, seq, hash FROM audit WHERE seq = $0 ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash", last);
        var removed = Execute(connection, "DELETE FROM audit WHERE seq <= $0", last);
        transaction.Commit();
        return removed;
    }

    private static (long Sequence, string Hash) Anchor(SqliteConnection connection)
    {
        using var command = Command(connection, "SELECT seq, hash FROM audit_anchor");
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1)) : (0, AuditChain.Genesis);
    }

    /// <summary>The record; null where it is none that this host writes.</summary>
    private static AuditRecord? Read(SqliteDataReader r) => !r.GetBoolean(12) || !TenantId.TryParse(r.GetString(2), out var tenant) ? null : new(r.GetInt64(0), new AuditEntry
    {
        Time = new DateTimeOffset(r.GetInt64(1), TimeSpan.Zero),
        Tenant = tenant,
        Plugin = r.GetString(3),
        Version = r.GetString(4),
        Function = r.GetString(5),
        Arguments = r.GetString(6),
        Allowed = r.GetInt64(7) != 0,
        Reason = r.GetString(8),
        Duration = TimeSpan.FromTicks(r.GetInt64(9)),
        CallId = r.GetString(10),
    }, r.GetString(11));

    public static int Execute(SqliteConnection connection, string sql, params object?[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i] ?? DBNull.Value);
        return command;
    }
}
