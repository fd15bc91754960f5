using System.Collections.Immutable;

namespace ClawGrains.Interfaces;

/// <summary>
/// Watches a tenant's tool calls for sequences that repeat and makes skills of them, which wait for approval. Off by
/// default. Key: <c>TENANT</c>.
/// </summary>
[Alias("clawgrains.autogen")]
public interface IAutogenGrain : IGrainWithStringKey
{
    /// <summary>Tells of calls that succeeded, in their order. Does nothing while it is off.</summary>
    [Alias("observe")]
    Task ObserveAsync(ImmutableArray<ObservedToolCall> calls);

    /// <summary>Whether it is on, and what it made.</summary>
    [Alias("get-status")]
    Task<AutogenStatus> GetStatusAsync();

    /// <summary>Turns it on or off; what was observed is forgotten.</summary>
    [Alias("set-enabled")]
    Task<AutogenStatus> SetEnabledAsync(bool enabled);
}

/// <summary>A call of a tool as it was observed.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.observed-call")]
public sealed record ObservedToolCall
{
    /// <summary>The greatest length of arguments that are looked at, in characters.</summary>
    public const int MaxArguments = 16_384;

    /// <summary>The session that it was made in; sequences are looked for within one.</summary>
    [Id(0)]
    public required string Session { get; init; }

    /// <summary>The tool's name.</summary>
    [Id(1)]
    public required string Tool { get; init; }

    /// <summary>Its arguments, a JSON object; empty where they were longer than <see cref="MaxArguments"/>.</summary>
    [Id(2)]
    public required string Arguments { get; init; }
}

/// <summary>The state of autonomous creation.</summary>
[GenerateSerializer, Immutable, Alias("clawgrains.autogen-status")]
public sealed record AutogenStatus
{
    /// <summary>Whether calls are looked at.</summary>
    [Id(0)]
    public required bool Enabled { get; init; }

    /// <summary>The last calls that are looked back at.</summary>
    [Id(1)]
    public required int Window { get; init; }

    /// <summary>How often a sequence must occur within them.</summary>
    [Id(2)]
    public required int Threshold { get; init; }

    /// <summary>How many generated skills may wait.</summary>
    [Id(3)]
    public required int MaxPending { get; init; }

    /// <summary>Calls that were observed since the host started.</summary>
    [Id(4)]
    public long Observed { get; init; }

    /// <summary>The sequences that were found, each as its tools with arrows between; none is reported again.</summary>
    [Id(5)]
    public ImmutableArray<string> Found { get; init; } = [];

    /// <summary>The generated skills that wait for a decision.</summary>
    [Id(6)]
    public ImmutableArray<Approval> Pending { get; init; } = [];

    /// <summary>Why the last sequence that was found did not become a skill; null where it did.</summary>
    [Id(7)]
    public string? Problem { get; init; }
}
