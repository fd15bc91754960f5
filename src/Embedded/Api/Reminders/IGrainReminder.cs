namespace Orleans.Runtime;

/// <summary>A reminder: a timer that outlives the activation and, with a durable store, the process.</summary>
public interface IGrainReminder
{
    /// <summary>The name, unique within the grain.</summary>
    string ReminderName { get; }
}

/// <summary>One tick of a reminder. All times are UTC.</summary>
[GenerateSerializer, Immutable]
public readonly struct TickStatus
{
    /// <summary>Gives the times.</summary>
    public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp) => (FirstTickTime, Period, CurrentTickTime) = (firstTickTime, period, timeStamp);

    /// <summary>When the reminder was first due.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; }

    /// <summary>The time between ticks.</summary>
    [Id(1)]
    public TimeSpan Period { get; }

    /// <summary>When this tick was made.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}

/// <summary>A reminder could not be changed.</summary>
[GenerateSerializer]
public sealed class ReminderException : OrleansException
{
    /// <summary>Says why.</summary>
    public ReminderException(string message) : base(message)
    {
    }
}
