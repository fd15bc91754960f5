using System.Collections.Concurrent;
using ClawGrains.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace ClawGrains.Embedded.Reminders;

/// <summary>Marks a silo that has reminders.</summary>
internal sealed record RemindersEnabled;

/// <summary>Makes the reminders tick.</summary>
internal sealed class ReminderService
{
    private readonly ConcurrentDictionary<(GrainId, string), PlannedReminder> _reminders = new();
    private readonly Silo _silo;
    private readonly bool _enabled;
    private readonly TimeSpan _minimum;
    private IReminderStore _store = new MemoryReminderStore();
    private volatile bool _stopped;

    internal ReminderService(Silo silo)
    {
        _silo = silo;
        _enabled = silo.Services.GetService<RemindersEnabled>() is not null;
        _minimum = silo.Services.GetRequiredService<IOptions<ReminderOptions>>().Value.MinimumReminderPeriod;
    }

    private DateTime Now => _silo.Time.GetUtcNow().UtcDateTime;

    internal static ReminderService Of(IGrainBase grain)
    {
        if (grain is not IRemindable)
            throw new InvalidOperationException($"The grain class {grain.GetType()} should implement {nameof(IRemindable)} to use reminders.");
        var service = grain.Silo().Reminders;
        return service._enabled
            ? service
            : throw new InvalidOperationException("The silo has no reminder service. Add one with UseInMemoryReminderService or UseEmbeddedStorage.");
    }

    internal async Task StartAsync(CancellationToken token)
    {
        if (!_enabled || _silo.Storages.Database is not { } database)
            return;
        _store = new SqliteReminderStore(database);
        foreach (var reminder in await _store.ReadAllAsync().WaitAsync(token).ConfigureAwait(false))
            Plan(reminder);
    }

    internal void Stop()
    {
        _stopped = true;
        foreach (var planned in _reminders.Values)
            planned.Dispose();
    }

    internal async Task<IGrainReminder> RegisterOrUpdateAsync(GrainId grain, string name, ReminderTimes times)
    {
        Check(name, times);
        var reminder = new Reminder(grain, name, Now + times.DueTime, times.Period, Guid.NewGuid().ToString("N"));
        await _store.WriteAsync(reminder);
        Plan(reminder);
        return reminder;
    }

    internal async Task UnregisterAsync(IGrainReminder reminder)
    {
        if (reminder is not Reminder known)
            throw new ArgumentException("The reminder was not made by this runtime.", nameof(reminder));
        if (!_reminders.TryRemove((known.Grain, known.ReminderName), out var planned))
            throw new ReminderException($"Could not unregister reminder {known.ReminderName} of {known.Grain}: there is none.");
        planned.Dispose();
        await _store.RemoveAsync(known.Grain, known.ReminderName);
    }

    internal Task<IGrainReminder?> GetAsync(GrainId grain, string name) =>
        Task.FromResult<IGrainReminder?>(_reminders.TryGetValue((grain, name), out var planned) ? planned.Reminder : null);

    internal Task<List<IGrainReminder>> GetAllAsync(GrainId grain) =>
        Task.FromResult(_reminders.Values.Select(planned => planned.Reminder).Where(reminder => reminder.Grain == grain).ToList<IGrainReminder>());

    private void Check(string name, ReminderTimes times)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (times.DueTime < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(times), times.DueTime, "Cannot use negative dueTime to create a reminder.");
        if (times.Period < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(times), times.Period, "Cannot use negative period to create a reminder.");
        if (times.Period < _minimum)
            throw new ArgumentException($"Cannot register reminder {name} as requested period ({times.Period}) is less than minimum allowed reminder period ({_minimum}).");
    }

    private void Plan(Reminder reminder)
    {
        var planned = new PlannedReminder(reminder, _silo.Time, Fire);
        _reminders.AddOrUpdate((reminder.Grain, reminder.ReminderName), planned, (_, old) =>
        {
            old.Dispose();
            return planned;
        });
    }

    private void Fire(Reminder reminder)
    {
        // A tick of times that were changed meanwhile is none.
        if (!_stopped && (!_reminders.TryGetValue((reminder.Grain, reminder.ReminderName), out var planned) || planned.Reminder.Etag == reminder.Etag))
            _ = TickAsync(reminder);
    }

    private async Task TickAsync(Reminder reminder)
    {
        try
        {
            var status = new TickStatus(reminder.StartAt, reminder.Period, Now);
            await _silo.GrainFactory.GetGrain<IRemindable>(reminder.Grain).ReceiveReminder(reminder.ReminderName, status).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _silo.Log.ReminderFailed(reminder.ReminderName, reminder.Grain, e);
        }
    }
}
