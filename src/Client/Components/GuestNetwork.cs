using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ClawGrains.Components.Wasi;
using ClawGrains.Sandbox.Http;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Client.Components;

/// <summary>
/// Sends a component's HTTP requests where <c>--allow-net</c> permits it, and remembers what it does not. A pattern leads
/// to public addresses; a private one has to be permitted by itself, or as <c>localhost</c>. Redirects, cookies, proxies and
/// encodings are left to the component.
/// </summary>
internal sealed class GuestNetwork : IDisposable
{
    private readonly IReadOnlyList<NetworkPattern> _allowed;
    private readonly HttpMessageInvoker _invoker;
    private ImmutableSortedSet<string> _refused = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public GuestNetwork(IReadOnlyList<NetworkPattern> allowed)
    {
        _allowed = allowed;
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectCallback = (context, cancellation) => WasiHttpTimeouts.ConnectAsync(context.InitialRequestMessage, stop => ConnectAsync(context.DnsEndPoint, stop), cancellation),
        });
    }

    /// <summary>What would have to be allowed for the requests that were refused.</summary>
    public ImmutableArray<string> Refused => [.. _refused];

    /// <summary>For <see cref="WasiOptions.Http"/>.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        if (uri.Scheme is not ("http" or "https")) throw new WasiHttpException("HTTP-protocol-error", $"no requests by {uri.Scheme}");
        if (!_allowed.Any(p => p.Matches(uri))) throw Refuse(NetworkPattern.HostOf(uri), uri.Port);
        return _invoker.SendAsync(request, cancellationToken);
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>Connects to the very addresses that were checked.</summary>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken) =>
        await PinnedSocket.ConnectAsync(await ResolveAsync(target, cancellationToken), target.Port, cancellationToken);

    private async Task<IPAddress[]> ResolveAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        var all = IPAddress.TryParse(target.Host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var permitted = Array.FindAll(all, address => AddressRules.IsPublic(address) || IsNamed(address, target));
        return permitted.Length > 0 || all.Length == 0 ? permitted : throw Refuse(Name(all[0]), target.Port);
    }

    private bool IsNamed(IPAddress address, DnsEndPoint target) =>
        IsNamed(Name(address), target.Port) || (IPAddress.IsLoopback(address) && target.Host == "localhost" && IsNamed("localhost", target.Port));

    /// <summary>Whether the host is allowed by its own name, not by a wildcard.</summary>
    private bool IsNamed(string host, int port) => _allowed.Any(p => p.Host == host && p.Matches(host, port));

    private static string Name(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private WasiHttpException Refuse(string host, int port)
    {
        var wanted = port is 80 or 443 ? host : $"{host}:{port}";
        ImmutableInterlocked.Update(ref _refused, refused => refused.Add(wanted));
        return new WasiHttpException("HTTP-request-denied", $"{wanted} is not allowed");
    }
}
