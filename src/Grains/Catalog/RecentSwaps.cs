namespace ClawGrains.Grains.Catalog;

/// <summary>The skills that were swapped so lately that calls may still run on their old versions.</summary>
internal sealed class RecentSwaps(TimeProvider time, TimeSpan kept)
{
    private readonly Dictionary<string, long> _swapped = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names
    {
        get
        {
            foreach (var name in _swapped.Where(s => time.GetElapsedTime(s.Value) > kept).Select(s => s.Key).ToArray()) _swapped.Remove(name);
            return [.. _swapped.Keys];
        }
    }

    public void Add(IEnumerable<string> names)
    {
        var now = time.GetTimestamp();
        foreach (var name in names) _swapped[name] = now;
    }
}
