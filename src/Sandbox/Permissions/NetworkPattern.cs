using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClawGrains.Sandbox.Permissions;

/// <summary>
/// A permitted host: <c>api.example.com</c>, <c>*.example.com</c> (every name below it, not itself), <c>*</c>, an address
/// such as <c>192.0.2.1</c> or <c>[2001:db8::1]</c>; each with <c>:port</c> or <c>:*</c>. Without a port the defaults of http and https, 80 and 443, are meant.
/// </summary>
public readonly record struct NetworkPattern
{
    private NetworkPattern(string host, int port) => (Host, Port) = (host, port);

    /// <summary>The host in lower case, perhaps with a leading <c>*.</c>.</summary>
    public string Host { get; }

    /// <summary>The port; 0 for 80 and 443, -1 for all.</summary>
    public int Port { get; }

    /// <summary>Reads a pattern; false where it is none.</summary>
    public static bool TryParse(string? text, out NetworkPattern pattern)
    {
        pattern = default;
        if (string.IsNullOrEmpty(text)) return false;
        var (host, port) = Split(text.ToLowerInvariant());
        var number = 0;
        if (port == "*") number = -1;
        else if (port is not null && (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 65535)) return false;
        var name = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        if (AddressIn(host) is { } address) host = $"[{address}]";
        else if (host != "*" && !IsHost(name.TrimEnd('.'))) return false;
        pattern = new NetworkPattern(host.TrimEnd('.'), number);
        return true;
    }

    /// <summary>The host of a request as patterns spell it: names in ASCII, IPv6 addresses in brackets and in their usual form.</summary>
    public static string HostOf(Uri uri) =>
        uri.HostNameType == UriHostNameType.IPv6 && AddressIn(uri.Host) is { } address ? $"[{address}]" : uri.IdnHost;

    /// <summary>Whether a request to where <paramref name="uri"/> leads is meant.</summary>
    public bool Matches(Uri uri) => Matches(HostOf(uri), uri.Port);

    /// <summary>Whether a request to <paramref name="host"/> at <paramref name="port"/> is meant.</summary>
    public bool Matches(string host, int port) =>
        (Port == port || Port < 0 || (Port == 0 && port is 80 or 443)) && MatchesHost(host.TrimEnd('.').ToLowerInvariant());

    /// <summary>Whether everything that <paramref name="other"/> permits is permitted by this.</summary>
    public bool Covers(NetworkPattern other) =>
        (Port < 0 || Port == other.Port || (Port == 0 && other.Port is 80 or 443)) && CoversHost(other.Host);

    /// <inheritdoc/>
    public override string ToString() => Port switch { 0 => Host, -1 => Host + ":*", _ => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}") };

    private bool MatchesHost(string host) =>
        Host == "*" || Host == host || (Host.StartsWith("*.", StringComparison.Ordinal) && host.Length > Host.Length - 1 && host.EndsWith(Host[1..], StringComparison.Ordinal));

    private bool CoversHost(string other) =>
        Host == "*" || Host == other
        || (other.StartsWith("*.", StringComparison.Ordinal)
            ? Host.StartsWith("*.", StringComparison.Ordinal) && other.EndsWith(Host[1..], StringComparison.Ordinal)
            : other != "*" && MatchesHost(other));

    private static (string Host, string? Port) Split(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        var colon = text.IndexOf(':', end);
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }

    private static bool IsHost(string host) =>
        host.Length is > 0 and <= 253 && host.Split('.').All(l => l.Length is > 0 and <= 63 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    private static IPAddress? AddressIn(string host) =>
        host is ['[', .. var inner, ']'] && IPAddress.TryParse(inner, out var address) && address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: 0 } ? address : null;
}
