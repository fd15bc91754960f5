namespace ClawGrains.Skills.Tests.Sources;

/// <summary>A clock that does not make anyone wait: pauses of less than a minute are over at once.</summary>
internal sealed class ImmediateTime : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromMinutes(1) ? TimeSpan.Zero : dueTime, period);
}
