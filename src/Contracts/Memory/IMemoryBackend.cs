using System.Collections.Immutable;

namespace ClawGrains.Contracts;

/// <summary>Something remembered.</summary>
public sealed record MemoryEntry
{
    /// <summary>The entry's key, unique within a namespace.</summary>
    public required string Key { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>Words to filter by.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset StoredAt { get; init; }
}

/// <summary>An entry found by a search.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Score">How well it fits, higher is better; comparable within one search only.</param>
public sealed record MemoryMatch(MemoryEntry Entry, double Score);

/// <summary>Long-term memory, apart for each tenant and namespace.</summary>
public interface IMemoryBackend
{
    /// <summary>Stores an entry, in place of the one with the same key.</summary>
    ValueTask StoreAsync(TenantId tenant, string space, MemoryEntry entry, CancellationToken cancellationToken);

    /// <summary>The entry of a key, or null.</summary>
    ValueTask<MemoryEntry?> GetAsync(TenantId tenant, string space, string key, CancellationToken cancellationToken);

    /// <summary>The best matches of a query, best first, at most <paramref name="limit"/>.</summary>
    IAsyncEnumerable<MemoryMatch> SearchAsync(
        TenantId tenant, MemoryQuery query, int limit, CancellationToken cancellationToken);

    /// <summary>Removes an entry; false where it was not there.</summary>
    ValueTask<bool> RemoveAsync(TenantId tenant, string space, string key, CancellationToken cancellationToken);
}

/// <summary>What to look for.</summary>
/// <param name="Space">The namespace.</param>
/// <param name="Text">Words.</param>
/// <param name="Tags">Tags an entry must all have; empty for any.</param>
public sealed record MemoryQuery(string Space, string Text, ImmutableArray<string> Tags);
