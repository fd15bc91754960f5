using System.Globalization;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Storage;

/// <summary>Keeps states in the database.</summary>
internal sealed class SqliteStateStore(SqliteDatabase database, string storage) : IStateStore
{
    private const string Select = "SELECT json, etag FROM state WHERE storage = ?1 AND grain = ?2 AND name = ?3";
    private const string Insert = "INSERT INTO state (storage, grain, name, etag, json) VALUES (?1, ?2, ?3, 1, ?4) ON CONFLICT DO NOTHING";
    private const string Update = "UPDATE state SET etag = etag + 1, json = ?4 WHERE storage = ?1 AND grain = ?2 AND name = ?3 AND etag = ?5";
    private const string Delete = "DELETE FROM state WHERE storage = ?1 AND grain = ?2 AND name = ?3 AND etag = ?4";

    public object Freeze<T>(T state) => StateSerializer.Write(state);

    public T Thaw<T>(object content, GrainId grain, string name) => StateSerializer.Read<T>((string)content, grain, name);

    public Task<StoredState?> ReadAsync(GrainId grain, string name, CancellationToken token) => database.RunAsync(db => Read(db, grain, name), token);

    public Task<string> WriteAsync(GrainId grain, string name, StoredState state, CancellationToken token) => database.RunAsync(db =>
    {
        var changed = state.Etag is null
            ? db.Command(Insert, storage, grain.ToString(), name, state.Content).ExecuteNonQuery()
            : db.Command(Update, storage, grain.ToString(), name, state.Content, Number(state.Etag)).ExecuteNonQuery();
        if (changed == 0)
            throw Conflicts.Of(grain, name, Read(db, grain, name)?.Etag, state.Etag);
        return state.Etag is null ? "1" : (Number(state.Etag) + 1).ToString(CultureInfo.InvariantCulture);
    }, token);

    public Task ClearAsync(GrainId grain, string name, string? etag, CancellationToken token) => database.RunAsync(db =>
    {
        var changed = etag is null ? 0 : db.Command(Delete, storage, grain.ToString(), name, Number(etag)).ExecuteNonQuery();
        if (changed == 0 && Read(db, grain, name) is { } stored)
            throw Conflicts.Of(grain, name, stored.Etag, etag);
        return changed;
    }, token);

    private static long Number(string etag) => long.Parse(etag, CultureInfo.InvariantCulture);

    private StoredState? Read(SqliteDatabase db, GrainId grain, string name)
    {
        using var reader = db.Command(Select, storage, grain.ToString(), name).ExecuteReader();
        return reader.Read() ? new(reader.GetString(0), reader.GetInt64(1).ToString(CultureInfo.InvariantCulture)) : null;
    }
}
