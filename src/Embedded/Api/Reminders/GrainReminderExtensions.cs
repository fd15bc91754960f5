using ClawGrains.Embedded.Reminders;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The reminders of a grain. The grain must implement <see cref="IRemindable"/>.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Makes a reminder or changes the times of the one of that name.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="reminderName">The name, unique within the grain.</param>
    /// <param name="dueTime">Until the first tick; zero or more.</param>
    /// <param name="period">Between ticks; at least <c>ReminderOptions.MinimumReminderPeriod</c>, one minute by default.</param>
    /// <exception cref="ArgumentException">A time is out of range, or the name is empty.</exception>
    /// <exception cref="InvalidOperationException">The grain is not <see cref="IRemindable"/>, or the silo has no reminder service.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this Grain grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderService.Of(grain).RegisterOrUpdateAsync(grain.GrainContext.GrainId, reminderName, new(dueTime, period));

    /// <inheritdoc cref="RegisterOrUpdateReminder(Grain,string,TimeSpan,TimeSpan)"/>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        ReminderService.Of(grain).RegisterOrUpdateAsync(grain.GrainContext.GrainId, reminderName, new(dueTime, period));

    /// <summary>Ends a reminder.</summary>
    public static Task UnregisterReminder(this Grain grain, IGrainReminder reminder) => ReminderService.Of(grain).UnregisterAsync(reminder);

    /// <summary>Ends a reminder.</summary>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) => ReminderService.Of(grain).UnregisterAsync(reminder);

    /// <summary>The reminder of that name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this Grain grain, string reminderName) =>
        ReminderService.Of(grain).GetAsync(grain.GrainContext.GrainId, reminderName);

    /// <summary>The reminder of that name, or null.</summary>
    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        ReminderService.Of(grain).GetAsync(grain.GrainContext.GrainId, reminderName);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this Grain grain) => ReminderService.Of(grain).GetAllAsync(grain.GrainContext.GrainId);

    /// <summary>All reminders of the grain.</summary>
    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) => ReminderService.Of(grain).GetAllAsync(grain.GrainContext.GrainId);
}
