namespace ClawGrains.Client.Mcp.Features;

/// <summary>
/// The indexes that clients are in the middle of listing. A list of many pages takes longer than a burst of changes leaves
/// an index in force; so one that a cursor was given of stays until nobody has asked for a page of it for a while.
/// </summary>
internal sealed class PagedIndexes : IDisposable
{
    /// <summary>How many are kept; of more, the one whose last page is longest ago goes.</summary>
    public const int Most = 16;

    /// <summary>How long one is kept after its last page.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (FeatureIndex Index, long Used)> _indexes = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public PagedIndexes(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps an index, as of now.</summary>
    public void Keep(FeatureIndex index)
    {
        lock (_indexes)
        {
            _indexes[index.Version] = (index, _time.GetTimestamp());
            if (_indexes.Count > Most) _indexes.Remove(_indexes.MinBy(i => i.Value.Used).Key);
        }
        _sweep.Change(Life, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The index of that version; null where it is not kept.</summary>
    public FeatureIndex? Find(string version)
    {
        lock (_indexes) return _indexes.TryGetValue(version, out var kept) ? kept.Index : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    // The timer is set anew by each page, so when it goes off all are old.
    private void Sweep()
    {
        lock (_indexes) _indexes.Clear();
    }
}
