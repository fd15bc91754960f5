namespace ClawGrains.Contracts;

/// <summary>What a channel adapter is given by its host.</summary>
public interface IChannelAdapterHost
{
    /// <summary>The tenant the channel belongs to.</summary>
    TenantId Tenant { get; }

    /// <summary>The clock to use.</summary>
    TimeProvider Time { get; }

    /// <summary>
    /// Hands over a message. When it returns, the message is stored: only then may the adapter persist its position,
    /// so that a crash repeats a message rather than loses it.
    /// </summary>
    ValueTask DeliverAsync(InboundMessage message, CancellationToken cancellationToken);

    /// <summary>Tells of a change of the connection.</summary>
    /// <param name="state">The new state.</param>
    /// <param name="reason">Why, for an operator to read; required for <see cref="ConnectionState.Failed"/>.</param>
    void ReportState(ConnectionState state, string? reason = null);

    /// <summary>The position (offset, UID, sequence, sync token) persisted last, or null at the first start.</summary>
    ValueTask<string?> LoadPositionAsync(CancellationToken cancellationToken);

    /// <summary>Persists the position.</summary>
    ValueTask SavePositionAsync(string position, CancellationToken cancellationToken);

    /// <summary>The value of a secret reference (<c>env:NAME</c>, <c>file:PATH</c>, <c>secret:NAME</c>).</summary>
    /// <exception cref="PluginException">There is no such secret (<see cref="PluginErrorKind.NotFound"/>).</exception>
    ValueTask<string> ResolveSecretAsync(string reference, CancellationToken cancellationToken);
}
