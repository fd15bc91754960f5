using ClawGrains.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Streams;

/// <summary>Subscriptions of grains, and events of durable providers that a subscriber has not taken yet.</summary>
internal sealed class StreamTable(SqliteDatabase database)
{
    private const string Insert =
        "INSERT INTO delivery (provider, namespace, key, subscription, grain, sequence, type, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";

    internal Task AddAsync(Subscription subscription) => database.RunAsync(db => db.Command(
        "INSERT OR REPLACE INTO subscription (id, provider, namespace, key, grain) VALUES (?1, ?2, ?3, ?4, ?5)",
        subscription.Id.ToString("N"), subscription.Stream.Provider, subscription.Stream.Id.GetNamespace(),
        subscription.Stream.Id.GetKeyAsString(), subscription.Grain.ToString()).ExecuteNonQuery());

    internal Task RemoveAsync(Subscription subscription) => database.RunAsync(db =>
    {
        db.Command("DELETE FROM delivery WHERE subscription = ?1", subscription.Id.ToString("N")).ExecuteNonQuery();
        return db.Command("DELETE FROM subscription WHERE id = ?1", subscription.Id.ToString("N")).ExecuteNonQuery();
    });

    internal Task<List<Subscription>> ReadSubscriptionsAsync() => database.RunAsync(db =>
    {
        using var reader = db.Command("SELECT id, provider, namespace, key, grain FROM subscription").ExecuteReader();
        var all = new List<Subscription>();
        while (reader.Read())
            all.Add(new(Guid.Parse(reader.GetString(0)), StreamOf(reader, 1), GrainId.Parse(reader.GetString(4))));
        return all;
    });

    /// <summary>Stores one event for each subscriber that outlives the process; returns the rows, zero for those that don't.</summary>
    internal Task<List<long>> StoreAsync(IReadOnlyList<Subscription> subscribers, object? item, long sequence)
    {
        var type = item?.GetType() ?? typeof(object);
        var json = item is null ? "null" : StateSerializer.Write(item, type);
        return database.RunAsync(db => subscribers.Select(s => s.IsClient ? 0 : StoreOne(db, s, (sequence, $"{type.FullName}, {type.Assembly.GetName().Name}", json))).ToList());
    }

    internal Task ForgetAsync(long row) => database.RunAsync(db => db.Command("DELETE FROM delivery WHERE id = ?1", row).ExecuteNonQuery());

    internal Task<List<(Subscription, StreamEvent)>> ReadPendingAsync() => database.RunAsync(db =>
    {
        using var reader = db.Command("SELECT id, provider, namespace, key, subscription, grain, sequence, type, json FROM delivery ORDER BY id").ExecuteReader();
        var all = new List<(Subscription, StreamEvent)>();
        while (reader.Read())
        {
            // An event whose type is no longer there can't be delivered; it stays for the version that knows it.
            if (Type.GetType(reader.GetString(7)) is not { } type)
                continue;
            var subscription = new Subscription(Guid.Parse(reader.GetString(4)), StreamOf(reader, 1), GrainId.Parse(reader.GetString(5)));
            all.Add((subscription, new(StateSerializer.Read(reader.GetString(8), type), reader.GetInt64(6), reader.GetInt64(0))));
        }
        return all;
    });

    private static long StoreOne(SqliteDatabase db, Subscription subscription, (long Sequence, string Type, string Json) item) => (long)db.Command(
        Insert, subscription.Stream.Provider, subscription.Stream.Id.GetNamespace(), subscription.Stream.Id.GetKeyAsString(),
        subscription.Id.ToString("N"), subscription.Grain.ToString(), item.Sequence, item.Type, item.Json).ExecuteScalar()!;

    private static StreamKey StreamOf(SqliteDataReader reader, int first) =>
        new(reader.GetString(first), StreamId.Create(reader.IsDBNull(first + 1) ? null! : reader.GetString(first + 1), reader.GetString(first + 2)));
}
