namespace ClawGrains.Wasm;

/// <summary>What the guests of one <see cref="Store"/> may use together. All limits are deterministic.</summary>
public sealed record StoreLimits
{
    /// <summary>The limits a store has when none are given.</summary>
    public static StoreLimits Default { get; } = new();

    /// <summary>Bytes of linear memory, over all memories of the store. Default 4 GiB.</summary>
    public long MemoryBytes { get; init; } = 4L << 30;

    /// <summary>Table elements, over all tables of the store. Default 10,000,000.</summary>
    public long TableElements { get; init; } = 10_000_000;

    /// <summary>
    /// Nested guest calls. Default 12,000. A call that would nest deeper traps with
    /// <see cref="TrapKind.CallStackExhausted"/>, as does one that the thread's real stack has no room for.
    /// </summary>
    public int CallDepth { get; init; } = 12_000;

    /// <summary>Instances the store may hold. Default 10,000.</summary>
    public int Instances { get; init; } = 10_000;

    /// <summary>Memories the store may hold. Default 10,000.</summary>
    public int Memories { get; init; } = 10_000;

    /// <summary>Tables the store may hold. Default 10,000.</summary>
    public int Tables { get; init; } = 10_000;

    /// <summary>Trap with <see cref="TrapKind.GrowthRefused"/> where <c>memory.grow</c> or <c>table.grow</c> would return −1. Default false.</summary>
    public bool TrapOnGrowthFailure { get; init; }
}
