using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Http;

/// <summary>Reads the URL of a request more strictly than <see cref="Uri"/> does, and holds it against the permissions.</summary>
internal static class RequestUrl
{
    private const int MaxLength = 8_192;

    public static Uri Check(string text, ImmutableArray<string> network, IReadOnlyCollection<IPEndPoint> permittedPrivate)
    {
        if (network.IsEmpty) throw new HttpDeniedException(Denials.NoNetwork);
        var uri = Parse(text);
        var host = NetworkPattern.HostOf(uri);
        // An address spelled out is judged before the allow-list, so that the reason names the graver fault.
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address) && !AddressRules.IsPublic(address) && !permittedPrivate.Contains(new IPEndPoint(address, uri.Port)))
            throw new HttpDeniedException($"{Denials.PrivateAddress}: {host}");
        if (!network.Any(n => NetworkPattern.TryParse(n, out var pattern) && pattern.Matches(uri)))
            throw new HttpDeniedException(string.Create(CultureInfo.InvariantCulture, $"{Denials.Host}: {host}:{uri.Port}"));
        return uri;
    }

    private static Uri Parse(string text)
    {
        if (text.Length > MaxLength) throw new HttpDeniedException($"URL longer than {MaxLength} characters");
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? "" : text[..colon];
        if (!scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
            throw new HttpDeniedException("scheme not allowed: only http and https are");
        if (text.Any(c => c <= ' ' || c == '\\' || char.IsControl(c))) throw new HttpDeniedException("URL with spaces, backslashes or control characters");
        if (!text.AsSpan(colon).StartsWith("://") || !Uri.TryCreate(text, UriKind.Absolute, out var uri)) throw new HttpDeniedException("not a URL");
        CheckAuthority(Authority(text[(colon + 3)..]), uri);
        return uri;
    }

    private static string Authority(string rest)
    {
        var end = rest.IndexOfAny(['/', '?', '#']);
        return end < 0 ? rest : rest[..end];
    }

    private static void CheckAuthority(string authority, Uri uri)
    {
        if (authority.Contains('@', StringComparison.Ordinal)) throw new HttpDeniedException("user information in the URL");
        if (authority.Contains('%', StringComparison.Ordinal)) throw new HttpDeniedException($"{Denials.PrivateAddress}: zone or escape in the host");
        var bracket = authority.LastIndexOf(']');
        var portAt = authority.IndexOf(':', bracket + 1);
        var host = portAt < 0 ? authority : authority[..portAt];
        if (host.Length == 0 || uri.Port is < 1 or > 65535) throw new HttpDeniedException("not a URL");
        // Decimal, octal, hexadecimal and shortened spellings of an address become a dotted one only inside Uri.
        if (uri.HostNameType == UriHostNameType.IPv4 && host != uri.Host) throw new HttpDeniedException($"{Denials.PrivateAddress}: unusual spelling of an IP address");
        if (uri.HostNameType == UriHostNameType.Dns && host.Split('.')[^1] is var last && last.Length > 0 && char.IsAsciiDigit(last[0]) && last.All(IsHexDigitOrX))
            throw new HttpDeniedException($"{Denials.PrivateAddress}: unusual spelling of an IP address");
        if (uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)) throw new HttpDeniedException("not a host");
    }

    private static bool IsHexDigitOrX(char c) => char.IsAsciiHexDigit(c) || c is 'x' or 'X';
}
