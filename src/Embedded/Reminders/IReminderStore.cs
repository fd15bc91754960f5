using ClawGrains.Embedded.Storage;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Reminders;

/// <summary>Keeps reminders.</summary>
internal interface IReminderStore
{
    Task<List<Reminder>> ReadAllAsync();

    Task WriteAsync(Reminder reminder);

    Task RemoveAsync(GrainId grain, string name);
}

/// <summary>Keeps reminders for as long as the silo runs; the service's own table is enough.</summary>
internal sealed class MemoryReminderStore : IReminderStore
{
    public Task<List<Reminder>> ReadAllAsync() => Task.FromResult<List<Reminder>>([]);

    public Task WriteAsync(Reminder reminder) => Task.CompletedTask;

    public Task RemoveAsync(GrainId grain, string name) => Task.CompletedTask;
}

/// <summary>Keeps reminders in the database.</summary>
internal sealed class SqliteReminderStore(SqliteDatabase database) : IReminderStore
{
    public Task<List<Reminder>> ReadAllAsync() => database.RunAsync(db =>
    {
        using var reader = db.Command("SELECT grain, name, start_ticks, period_ticks, etag FROM reminder").ExecuteReader();
        var all = new List<Reminder>();
        while (reader.Read())
        {
            all.Add(new(GrainId.Parse(reader.GetString(0)), reader.GetString(1), new(reader.GetInt64(2), DateTimeKind.Utc),
                TimeSpan.FromTicks(reader.GetInt64(3)), reader.GetString(4)));
        }
        return all;
    });

    public Task WriteAsync(Reminder reminder) => database.RunAsync(db => db.Command(
        "INSERT OR REPLACE INTO reminder (grain, name, start_ticks, period_ticks, etag) VALUES (?1, ?2, ?3, ?4, ?5)",
        reminder.Grain.ToString(), reminder.ReminderName, reminder.StartAt.Ticks, reminder.Period.Ticks, reminder.Etag).ExecuteNonQuery());

    public Task RemoveAsync(GrainId grain, string name) => database.RunAsync(db =>
        db.Command("DELETE FROM reminder WHERE grain = ?1 AND name = ?2", grain.ToString(), name).ExecuteNonQuery());
}
