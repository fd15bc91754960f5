using System.Collections.Concurrent;

namespace ClawGrains.Client.Mcp.Sessions;

/// <summary>The resources that a session has subscribed to, at most <see cref="Limit"/>.</summary>
internal sealed class SessionSubscriptions
{
    /// <summary>The greatest number of subscriptions of a session.</summary>
    public const int Limit = 1000;

    private readonly ConcurrentDictionary<string, byte> _uris = new(StringComparer.Ordinal);

    /// <summary>The subscribed URIs.</summary>
    public ICollection<string> Uris => _uris.Keys;

    /// <summary>Subscribes; false where the limit is reached.</summary>
    public bool TryAdd(string uri) => (_uris.ContainsKey(uri) || _uris.Count < Limit) && (_uris.TryAdd(uri, 0) || true);

    /// <summary>Ends a subscription.</summary>
    public void Remove(string uri) => _uris.TryRemove(uri, out _);
}
