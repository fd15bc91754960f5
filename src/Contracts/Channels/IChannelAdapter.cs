namespace ClawGrains.Contracts;

/// <summary>One chat network: receives messages and hands them to its host, sends what the host gives it.</summary>
public interface IChannelAdapter : IAsyncDisposable
{
    /// <summary>The channel's name, for example <c>irc</c>.</summary>
    string Name { get; }

    /// <summary>What the channel can carry.</summary>
    ChannelCapabilities Capabilities { get; }

    /// <summary>
    /// Connects, and returns when the channel is connected; receiving goes on until <see cref="StopAsync"/>.
    /// </summary>
    ValueTask StartAsync(IChannelAdapterHost host, CancellationToken cancellationToken);

    /// <summary>Sends one message and returns the vendor's id of it.</summary>
    /// <exception cref="PayloadNotSupportedException">The channel can't carry this kind of payload.</exception>
    ValueTask<string> SendAsync(ChannelTarget target, MessagePayload payload, CancellationToken cancellationToken);

    /// <summary>Stops receiving and disconnects.</summary>
    ValueTask StopAsync(CancellationToken cancellationToken);
}
