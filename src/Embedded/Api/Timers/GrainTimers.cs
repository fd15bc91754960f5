using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>A timer of an activation. Disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets new times, counted from now.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>How a timer runs.</summary>
public readonly struct GrainTimerCreationOptions
{
    /// <summary>Use with the properties.</summary>
    public GrainTimerCreationOptions()
    {
    }

    /// <summary>Gives the times.</summary>
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) => (DueTime, Period) = (dueTime, period);

    /// <summary>Until the first run; <see cref="Timeout.InfiniteTimeSpan"/> for not yet.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one run to the next; <see cref="Timeout.InfiniteTimeSpan"/> for once.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether runs may begin while requests wait within the grain; false by default.</summary>
    public bool Interleave { get; init; } = false;

    /// <summary>Whether runs keep the activation from idle collection; false by default.</summary>
    public bool KeepAlive { get; init; } = false;
}
