using System.Text;

namespace ClawGrains.Components.Wasi.Http;

/// <summary><c>fields</c>: headers or trailers in order; names compare without case.</summary>
internal sealed class HttpFields(bool immutable)
{
    /// <summary>Fields that belong to the connection, which the host makes.</summary>
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "transfer-encoding", "upgrade", "host", "http2-settings",
    };

    private readonly List<(string Name, byte[] Value)> _entries = [];

    public IReadOnlyList<(string Name, byte[] Value)> Entries => _entries;

    /// <summary>The header error that a change meets, or null.</summary>
    public string? Refusal(string name, IEnumerable<byte[]> values)
    {
        if (immutable) return "immutable";
        if (!IsToken(name) || values.Any(v => v.Any(b => b is 0 or (byte)'\r' or (byte)'\n'))) return "invalid-syntax";
        return Forbidden.Contains(name) ? "forbidden" : null;
    }

    public IEnumerable<byte[]> Get(string name) => _entries.Where(e => Same(e.Name, name)).Select(e => e.Value);

    public void Add(string name, byte[] value) => _entries.Add((name, value));

    public void Remove(string name) => _entries.RemoveAll(e => Same(e.Name, name));

    public HttpFields Copy(bool frozen)
    {
        var copy = new HttpFields(frozen);
        copy._entries.AddRange(_entries);
        return copy;
    }

    public static HttpFields Of(HttpResponseMessage response) => Of(response.Headers.Concat(response.Content.Headers));

    public static HttpFields Of(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
    {
        var fields = new HttpFields(true);
        foreach (var (name, values) in headers)
            foreach (var value in values) fields.Add(name.ToLowerInvariant(), Encoding.Latin1.GetBytes(value));
        return fields;
    }

    /// <summary>Whether the text is a token of HTTP, as names and methods are.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(IsTokenCharacter);

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal);
}
