using System.Net;
using System.Net.Sockets;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Http;

/// <summary>Resolves a name once, checks every address of it, and connects to exactly those that were checked.</summary>
internal sealed class PinnedConnector(GuardedHttpOptions options)
{
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken) =>
        await PinnedSocket.ConnectAsync(await ResolveAsync(target, cancellationToken).ConfigureAwait(false), target.Port, cancellationToken).ConfigureAwait(false);

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
