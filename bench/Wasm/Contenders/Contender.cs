using System.Diagnostics;

namespace ClawGrains.Wasm.Bench.Contenders;

/// <summary>One run of a kernel: CPU time, which a busy machine disturbs less than the clock on the wall.</summary>
internal readonly record struct Measurement(double Milliseconds, ulong Checksum);

/// <summary>Something that runs one kernel, again and again.</summary>
internal abstract class Contender(string name) : IDisposable
{
    public string Name { get; } = name;

    /// <summary>The one whose first thread does it.</summary>
    public abstract Process Process { get; }

    public abstract Measurement Run(uint size);

    public virtual void Dispose() { }
}
