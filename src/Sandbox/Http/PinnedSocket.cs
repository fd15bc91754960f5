using System.Net;
using System.Net.Sockets;

namespace ClawGrains.Sandbox.Http;

/// <summary>Connections to addresses that were judged before, and to no others.</summary>
public static class PinnedSocket
{
    /// <summary>Connects to the first of the addresses that answers.</summary>
    /// <exception cref="SocketException">None does.</exception>
    public static async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
