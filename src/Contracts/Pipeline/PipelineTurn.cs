using System.Collections.Immutable;

namespace ClawGrains.Contracts;

/// <summary>One turn of a conversation on its way through the pipeline. Immutable: a stage returns a changed copy.</summary>
public sealed record PipelineTurn
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The conversation.</summary>
    public required string SessionId { get; init; }

    /// <summary>What the person sent.</summary>
    public required MessagePayload Input { get; init; }

    /// <summary>The parts of the prompt that the assemble stage has gathered, in order.</summary>
    public ImmutableArray<string> Prompt { get; init; } = [];

    /// <summary>The answer, once there is one.</summary>
    public MessagePayload? Output { get; init; }

    /// <summary>What stages tell each other, by name.</summary>
    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;
}
