using System.Collections.Immutable;

namespace ClawGrains.Contracts;

/// <summary>What a channel can carry.</summary>
public sealed record ChannelCapabilities
{
    /// <summary>The payload kinds it takes. Default: text only.</summary>
    public ImmutableArray<PayloadKind> Payloads { get; init; } = [PayloadKind.Text];

    /// <summary>Whether messages can be answered in threads. Default false.</summary>
    public bool Threads { get; init; }

    /// <summary>Whether messages can be reacted to. Default false.</summary>
    public bool Reactions { get; init; }

    /// <summary>Whether it has conversations of more than two. Default false.</summary>
    public bool Groups { get; init; }

    /// <summary>The vendor's limit of one message, in UTF-16 characters. Default: no limit.</summary>
    public int MaxTextLength { get; init; } = int.MaxValue;
}

/// <summary>Where a message goes.</summary>
/// <param name="Conversation">The vendor's id of the chat, room or address.</param>
/// <param name="Thread">The vendor's id of the thread, or null.</param>
/// <param name="ReplyTo">The vendor's id of the message that is answered, or null.</param>
public sealed record ChannelTarget(string Conversation, string? Thread = null, string? ReplyTo = null);

/// <summary>A message that came in.</summary>
public sealed record InboundMessage
{
    /// <summary>The vendor's id of the message, by which deliveries are deduplicated.</summary>
    public required string Id { get; init; }

    /// <summary>Where an answer goes.</summary>
    public required ChannelTarget Target { get; init; }

    /// <summary>The vendor's id of the sender.</summary>
    public required string Sender { get; init; }

    /// <summary>What was sent.</summary>
    public required MessagePayload Payload { get; init; }

    /// <summary>When it was sent, by the vendor's clock.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Whether the conversation is a group. Default false.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Whether the agent was mentioned. Default false.</summary>
    public bool IsMention { get; init; }
}

/// <summary>The state of a channel's connection.</summary>
public enum ConnectionState
{
    /// <summary>Not started.</summary>
    Stopped,

    /// <summary>Connecting for the first time.</summary>
    Starting,

    /// <summary>Receiving and sending.</summary>
    Connected,

    /// <summary>The connection was lost and is being made again.</summary>
    Reconnecting,

    /// <summary>Working in part, for example sending only.</summary>
    Degraded,

    /// <summary>Given up; the reason is with the state.</summary>
    Failed,
}
