using Orleans.Runtime;

namespace Orleans;

/// <summary>A grain that has reminders.</summary>
public interface IRemindable : IGrain
{
    /// <summary>Called at each tick, as an ordinary call.</summary>
    Task ReceiveReminder(string reminderName, TickStatus status);
}
