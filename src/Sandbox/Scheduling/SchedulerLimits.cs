namespace ClawGrains.Sandbox.Scheduling;

/// <summary>How many guests run and wait, over all tenants and plugins.</summary>
public sealed record SchedulerLimits
{
    /// <summary>Guests that run at once, those included that wait for a host function. Default 64.</summary>
    public int Running { get; init; } = 64;

    /// <summary>Of those, how many one tenant may have. Default 48.</summary>
    public int RunningPerTenant { get; init; } = 48;

    /// <summary>
    /// Guests that begin to compute at once. One that has run for 20 ms, or waits for a host function, does not count any
    /// more, so that slow guests cannot keep others from their turn. Default 2 for each processor, 4 at least.
    /// </summary>
    public int Computing { get; init; } = Math.Max(4, 2 * System.Environment.ProcessorCount);

    /// <summary>
    /// Fuel that a call of a plugin whose calls of late were all quick gets on its caller's thread; where it needs more, or
    /// anything of the host, it begins anew on a thread of its own. Default 100,000, which is about a tenth of a millisecond; 0 has
    /// every call begin there.
    /// </summary>
    public long InlineFuel { get; init; } = 100_000;

    /// <summary>Calls that wait for a thread; the next is refused. Default 4,096.</summary>
    public int Waiting { get; init; } = 4_096;
}
