using System.Collections.Immutable;

namespace ClawGrains.Sandbox.Http;

/// <summary>Which methods and headers a plugin may send.</summary>
internal static class RequestHeaders
{
    private const int MaxCount = 64;
    private const int MaxLength = 16_384;

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer", "Expect",
        "Proxy-Authorization", "Proxy-Connection", "Proxy-Authenticate", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
    };

    /// <summary>Whether the host alone sets a header.</summary>
    public static bool IsKept(string name) => Kept.Contains(name);

    public static void CheckMethod(string method)
    {
        if (method.Length is 0 or > 32 || !method.All(IsToken)) throw new HttpDeniedException("not an HTTP method");
        if (method.ToUpperInvariant() is "CONNECT" or "TRACE" or "TRACK") throw new HttpDeniedException($"method not allowed: {method}");
    }

    public static void Check(ImmutableArray<(string Name, string Value)> headers)
    {
        if (headers.Length > MaxCount || headers.Sum(h => (long)h.Name.Length + h.Value.Length) > MaxLength)
            throw new HttpDeniedException($"more than {MaxCount} headers or {MaxLength} characters of them");
        foreach (var (name, value) in headers)
        {
            if (name.Length == 0 || !name.All(IsToken)) throw new HttpDeniedException("header name with forbidden characters");
            if (value.Any(c => char.IsControl(c) && c != '\t')) throw new HttpDeniedException($"control characters in the header {name}");
            if (Kept.Contains(name)) throw new HttpDeniedException($"header not allowed: {name}");
        }
    }

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
