using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ClawGrains.Sandbox.Audit;

/// <summary>The one statement that is run for every record, prepared once and bound without boxing.</summary>
internal sealed class AuditInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly string?[] _bound = new string?[13];
    private byte[] _bytes = new byte[1024];

    public AuditInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, $"INSERT INTO audit ({AuditSql.Columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", out _statement));
    }

    public void Run(long sequence, AuditEntry e, string hash)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, sequence));
        Check(raw.sqlite3_bind_int64(_statement, 2, e.Time.UtcTicks));
        Bind(3, e.Tenant.Value);
        Bind(4, e.Plugin);
        Bind(5, e.Version);
        Bind(6, e.Function);
        Bind(7, e.Arguments);
        Check(raw.sqlite3_bind_int64(_statement, 8, e.Allowed ? 1 : 0));
        Bind(9, e.Reason);
        Check(raw.sqlite3_bind_int64(_statement, 10, e.Duration.Ticks));
        Bind(11, e.CallId);
        Bind(12, hash);
        var stepped = raw.sqlite3_step(_statement);
        var reset = raw.sqlite3_reset(_statement);
        if (stepped != raw.SQLITE_DONE) Check(reset);
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(int index, string text)
    {
        // The statement keeps what is bound; most fields of neighbours are the same.
        if (ReferenceEquals(_bound[index], text)) return;
        _bound[index] = text;
        // An empty span would be bound as NULL.
        if (text.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, index, ""));
            return;
        }
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_bytes.Length < most) _bytes = new byte[most];
        Check(raw.sqlite3_bind_text(_statement, index, _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes))));
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw new SqliteException($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}", code);
    }
}
