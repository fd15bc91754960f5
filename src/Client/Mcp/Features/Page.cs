using ModelContextProtocol;

namespace ClawGrains.Client.Mcp.Features;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="NextCursor">The cursor of the next page, or null on the last.</param>
internal readonly record struct Page<T>(IList<T> Items, string? NextCursor);

/// <summary>Cuts the lists of a hub into pages.</summary>
/// <param name="hub">The hub.</param>
/// <param name="pageSize">The greatest number of items of a page.</param>
internal sealed class Pager(FeatureHub hub, int pageSize)
{
    /// <summary>The page of a list that <paramref name="cursor"/> points at, or the first.</summary>
    /// <exception cref="McpProtocolException">The cursor is not one of this list, or has expired: -32602.</exception>
    public async ValueTask<Page<T>> GetAsync<T>(
        string list, string? cursor, Func<FeatureIndex, IReadOnlyList<T>> select, CancellationToken cancellationToken)
    {
        var current = await hub.GetAsync(cancellationToken);
        var (index, offset) = cursor is null ? (current, 0) : Resolve(list, cursor);
        var page = Cut(list, index.Version, select(index), offset);
        if (page.NextCursor is not null) hub.Keep(index);
        return page;
    }

    /// <summary>The page of a list that belongs to no index.</summary>
    /// <exception cref="McpProtocolException">The cursor is not one of this list: -32602.</exception>
    public Page<T> Cut<T>(string list, string version, IReadOnlyList<T> items, string? cursor)
    {
        if (cursor is null) return Cut(list, version, items, 0);
        if (PageCursor.TryDecode(cursor) is not { } at || at.List != list) throw Bad(list, cursor);
        return at.Version == version ? Cut(list, version, items, at.Offset) : throw Expired(list);
    }

    private (FeatureIndex Index, int Offset) Resolve(string list, string cursor)
    {
        if (PageCursor.TryDecode(cursor) is not { } at || at.List != list) throw Bad(list, cursor);
        return hub.Find(at.Version) is { } index ? (index, at.Offset) : throw Expired(list);
    }

    private Page<T> Cut<T>(string list, string version, IReadOnlyList<T> items, int offset)
    {
        if (offset > items.Count || offset < 0) throw Expired(list);
        var end = Math.Min(items.Count, offset + pageSize);
        var page = new List<T>(end - offset);
        for (var i = offset; i < end; i++) page.Add(items[i]);
        return new(page, end < items.Count ? new PageCursor(list, version, end).Encode() : null);
    }

    private static McpProtocolException Bad(string list, string cursor) => new(
        $"'{(cursor.Length > 80 ? cursor[..80] : cursor)}' is not a cursor of {list}. Send the nextCursor of the page before, or none.",
        McpErrorCode.InvalidParams);

    private static McpProtocolException Expired(string list) => new(
        $"The cursor of {list} has expired, since what it pages through was changed. List again from the start.",
        McpErrorCode.InvalidParams);
}
