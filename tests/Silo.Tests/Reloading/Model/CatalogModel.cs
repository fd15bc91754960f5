namespace ClawGrains.Silo.Tests.Reloading.Model;

/// <summary>What lies at a skill's place.</summary>
/// <param name="Text">Its body; also of a broken one, as two broken files differ.</param>
/// <param name="Sound">Whether it loads.</param>
internal sealed record Disk(string Text, bool Sound);

/// <summary>What the catalog is to serve, by the rules of docs/rationale/live-skills.md, without files, grains or hashes.</summary>
internal sealed class CatalogModel
{
    private readonly Dictionary<(string Layer, string Name), Disk> _disk = [];
    private readonly Dictionary<(string Layer, string Name), (Disk? OnDisk, string? Served)> _holds = [];
    private readonly Dictionary<long, Dictionary<(string Layer, string Name), string>> _snapshots = [];
    private Dictionary<(string Layer, string Name), string> _served = [];

    public IReadOnlyCollection<long> Numbers => _snapshots.Keys;

    public void Write(string layer, string name, string text, bool sound) => _disk[(layer, name)] = new Disk(text, sound);

    public void Delete(string layer, string name) => _disk.Remove((layer, name));

    /// <summary>The catalog looked at the disk, and says that the snapshot in force has this number.</summary>
    public void Reload(long number)
    {
        var places = _disk.Keys.Union(_holds.Keys).ToArray();
        _served = places.Select(p => (p, Text: Decide(p))).Where(p => p.Text is not null).ToDictionary(p => p.p, p => p.Text!);
        _snapshots[number] = _served;
    }

    /// <summary>The catalog goes back; the number it then has is told by <see cref="Reload"/>.</summary>
    public void Rollback(long number)
    {
        var target = _snapshots[number];
        _holds.Clear();
        foreach (var place in target.Keys.Union(_disk.Keys))
        {
            var (onDisk, wanted) = (_disk.GetValueOrDefault(place), target.GetValueOrDefault(place));
            if (onDisk is { Sound: true } && onDisk.Text == wanted) continue;
            _holds[place] = (onDisk, wanted);
        }
    }

    public void Resume() => _holds.Clear();

    /// <summary>The body that is served under a name, or null.</summary>
    public string? Serves(string name) => _served.GetValueOrDefault(("workspace", name)) ?? _served.GetValueOrDefault(("managed", name));

    private string? Decide((string, string) place)
    {
        var onDisk = _disk.GetValueOrDefault(place);
        if (_holds.TryGetValue(place, out var hold))
        {
            if (hold.OnDisk == onDisk) return hold.Served;
            _holds.Remove(place);
        }
        return onDisk is null ? null : onDisk.Sound ? onDisk.Text : _served.GetValueOrDefault(place);
    }
}
