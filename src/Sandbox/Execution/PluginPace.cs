namespace ClawGrains.Sandbox.Execution;

/// <summary>Tells plugins whose calls are over in a moment from others, by how their latest went. Safe for any number of threads.</summary>
internal sealed class PluginPace
{
    /// <summary>Calls in a row that have to be short.</summary>
    public const int Proof = 16;

    /// <summary>Fuel of a short call: about a millisecond's.</summary>
    public const long ShortFuel = 1_000_000;

    /// <summary>A short call's time. Generous, since a busy machine makes everything take longer.</summary>
    public static readonly TimeSpan ShortTime = TimeSpan.FromMilliseconds(5);

    private int _short;

    public bool IsQuick => Volatile.Read(ref _short) >= Proof;

    /// <summary>A call ended.</summary>
    public void Note(long fuel, TimeSpan duration)
    {
        if (fuel > ShortFuel || duration > ShortTime) NoteSlow();
        else if (Volatile.Read(ref _short) < Proof) Interlocked.Increment(ref _short);
    }

    /// <summary>A call lasts, or waits for something.</summary>
    public void NoteSlow() => Volatile.Write(ref _short, 0);
}
