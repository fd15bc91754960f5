namespace ClawGrains.Contracts;

/// <summary>
/// A channel can't carry this kind of payload. The host logs it and sends <see cref="MessagePayload.Placeholder"/>
/// instead, so that no message is dropped.
/// </summary>
/// <param name="channel">The channel's name.</param>
/// <param name="kind">The kind it can't carry.</param>
public sealed class PayloadNotSupportedException(string channel, PayloadKind kind)
    : Exception($"The channel '{channel}' can't carry {kind.ToString().ToLowerInvariant()} messages.")
{
    /// <summary>The channel's name.</summary>
    public string Channel { get; } = channel;

    /// <summary>The kind it can't carry.</summary>
    public PayloadKind Kind { get; } = kind;
}
