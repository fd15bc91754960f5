using Microsoft.Data.Sqlite;

namespace ClawGrains.Embedded.Storage;

/// <summary>The tables, and their version in <c>PRAGMA user_version</c>.</summary>
internal static class SqliteSchema
{
    internal const int Version = 1;

    private const string Tables = """
        CREATE TABLE state (
            storage TEXT NOT NULL, grain TEXT NOT NULL, name TEXT NOT NULL, etag INTEGER NOT NULL, json TEXT NOT NULL,
            PRIMARY KEY (storage, grain, name)) WITHOUT ROWID;
        CREATE TABLE reminder (
            grain TEXT NOT NULL, name TEXT NOT NULL, start_ticks INTEGER NOT NULL, period_ticks INTEGER NOT NULL, etag TEXT NOT NULL,
            PRIMARY KEY (grain, name)) WITHOUT ROWID;
        CREATE TABLE subscription (
            id TEXT NOT NULL PRIMARY KEY, provider TEXT NOT NULL, namespace TEXT, key TEXT NOT NULL, grain TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY AUTOINCREMENT, provider TEXT NOT NULL, namespace TEXT, key TEXT NOT NULL,
            subscription TEXT NOT NULL, grain TEXT NOT NULL, sequence INTEGER NOT NULL, type TEXT NOT NULL, json TEXT NOT NULL);
        PRAGMA user_version = 1;
        """;

    /// <summary>Sets the connection up, and makes or checks the tables.</summary>
    /// <remarks>With WAL and synchronous=NORMAL a killed process loses nothing; a power failure can lose the last commits but never damages the file.</remarks>
    internal static void Prepare(SqliteConnection connection, string path)
    {
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;");
        var version = Convert.ToInt32(Execute(connection, "PRAGMA user_version;"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > Version)
            throw new EmbeddedStorageException(path, $"{path} was written by a later version of this program (schema {version}; this one knows up to {Version}). Use that version, or another data directory.");
        if (version == 0)
            Create(connection, path);
    }

    private static void Create(SqliteConnection connection, string path)
    {
        if (Convert.ToInt64(Execute(connection, "SELECT count(*) FROM sqlite_master;"), System.Globalization.CultureInfo.InvariantCulture) > 0)
            throw new EmbeddedStorageException(path, $"{path} is a SQLite database of another program. Nothing was changed. Use another file.");
        Execute(connection, $"BEGIN IMMEDIATE; {Tables} COMMIT;");
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
