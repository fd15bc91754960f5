using ClawGrains.Components.Wasi;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Client.Components;

/// <summary>What to run of a component, what it gets, and within which limits.</summary>
internal sealed record ComponentCall
{
    public required ReadOnlyMemory<byte> Component { get; init; }

    /// <summary>An export with its arguments in WAVE, or by its name alone with <see cref="Arguments"/>; null runs the command.</summary>
    public string? Invoke { get; init; }

    /// <summary>Arguments of an export that is named alone, each in WAVE, strings also without quotation marks.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether what is returned is wanted as JSON, too. Default true.</summary>
    public bool Json { get; init; } = true;

    /// <summary>The hosts that HTTP requests may go to. Default none.</summary>
    public IReadOnlyList<NetworkPattern> Network { get; init; } = [];

    /// <summary>Arguments, environment, directories and streams.</summary>
    public WasiOptions Wasi { get; init; } = new();

    /// <summary>Units of fuel; null is no limit and no counting. Default null.</summary>
    public long? Fuel { get; init; }

    /// <summary>Bytes of linear memory; null is the engine's own limit. Default null.</summary>
    public long? Memory { get; init; }

    /// <summary>Wall clock; null is no limit. Default null.</summary>
    public TimeSpan? Timeout { get; init; }
}
