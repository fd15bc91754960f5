using System.Globalization;

namespace ClawGrains.Sandbox.Permissions;

/// <summary>
/// A permitted host: <c>api.example.com</c>, <c>*.example.com</c> (every name below it, not itself), <c>*</c>; each
/// with <c>:port</c> or <c>:*</c>. Without a port the defaults of http and https, 80 and 443, are meant.
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
        if (host != "*" && !IsHost(name.TrimEnd('.'))) return false;
        pattern = new NetworkPattern(host.TrimEnd('.'), number);
        return true;
    }

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
        host.StartsWith('[')
            ? host.EndsWith(']') && System.Net.IPAddress.TryParse(host, out _)
            : host.Length is > 0 and <= 253 && host.Split('.').All(l => l.Length is > 0 and <= 63 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
}
