using Microsoft.Data.Sqlite;

namespace ClawGrains.Embedded.Storage;

/// <summary>From SQLite's result codes (sqlite.org/rescode.html) to what to do.</summary>
internal static class SqliteErrors
{
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    internal static EmbeddedStorageException Explain(string path, SqliteException e) => new(path, e.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => $"{path} is damaged or is no SQLite database ({e.Message}). Nothing was changed. Restore it from a backup, try `sqlite3 {path} .recover`, or move it away to start with an empty one.",
        Full => $"{path} can't grow: the disk is full. Free some space and try again.",
        CannotOpen => $"{path} can't be opened ({e.Message}). Check that the directory exists and is writable for this user.",
        _ => $"{path}: SQLite error {e.SqliteErrorCode} ({e.Message}).",
    }, e);
}
