namespace ClawGrains.Skills.Watching;

/// <summary>How a <see cref="SkillWatcher"/> waits.</summary>
public sealed record SkillWatcherOptions
{
    /// <summary>The defaults.</summary>
    public static SkillWatcherOptions Default { get; } = new();

    /// <summary>How long nothing must happen before a change is told of. Default 50 ms.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(50);
    /// <summary>How long after its first event a change is told of at the latest. Default 300 ms.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(300);
    /// <summary>The time between two looks at every file, for mounts without events. Default 10 s.</summary>
    public TimeSpan Rescan { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>The same, where the system refuses to tell of events. Default 1 s.</summary>
    public TimeSpan RescanAlone { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>Told, once for each kind, what a person should know: that the system's limits are used up, for example.</summary>
    public Action<string>? Notice { get; init; }
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
