namespace ClawGrains.Sandbox.Execution;

/// <summary>
/// Tells plugins whose calls are over in a moment from others, by how their latest went. Not by the time they took, which says
/// more about how busy the machine is. Safe for any number of threads.
/// </summary>
/// <param name="fuel">Fuel that a quick call uses at most.</param>
internal sealed class PluginPace(long fuel)
{
    /// <summary>Calls in a row that have to be quick.</summary>
    public const int Proof = 16;

    private int _quick;

    public bool IsQuick => Volatile.Read(ref _quick) >= Proof;

    /// <summary>A call ended; it asked the host for nothing if it is to count as quick.</summary>
    public void Note(PluginOutcome outcome, int hostCalls)
    {
        if (outcome.Error is not null || hostCalls > 0 || outcome.FuelUsed > fuel) NoteSlow();
        else if (Volatile.Read(ref _quick) < Proof) Interlocked.Increment(ref _quick);
    }

    /// <summary>A call lasts, or asks for something.</summary>
    public void NoteSlow() => Volatile.Write(ref _quick, 0);
}
