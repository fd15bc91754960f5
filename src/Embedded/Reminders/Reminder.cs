using Orleans.Runtime;

namespace ClawGrains.Embedded.Reminders;

/// <summary>When a reminder ticks.</summary>
internal readonly record struct ReminderTimes(TimeSpan DueTime, TimeSpan Period);

/// <summary>A reminder as it is stored. Ticks are due at <see cref="StartAt"/> and every <see cref="Period"/> after.</summary>
internal sealed record Reminder(GrainId Grain, string ReminderName, DateTime StartAt, TimeSpan Period, string Etag) : IGrainReminder
{
    /// <summary>Until the next tick. Ticks that were missed are not made up.</summary>
    internal TimeSpan Next(DateTime now)
    {
        if (StartAt >= now)
            return StartAt - now;
        var since = (now - StartAt).Ticks % Period.Ticks;
        return TimeSpan.FromTicks(Period.Ticks - since);
    }
}
