using System.Net;
using System.Net.Sockets;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Http;

/// <summary>Resolves a name once, checks every address of it, and connects to exactly those that were checked.</summary>
internal sealed class PinnedConnector(GuardedHttpOptions options)
{
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(target, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(target.Host.Trim('[', ']'), out var literal)
            ? [literal]
            : await options.Resolver(target.Host, cancellationToken).ConfigureAwait(false);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
            if (!AddressRules.IsPublic(address) && !options.PermittedPrivate.Contains(new IPEndPoint(address, target.Port)))
                throw new HttpDeniedException($"{Denials.PrivateAddress}: {target.Host} resolves to one");
        return addresses;
    }
}
