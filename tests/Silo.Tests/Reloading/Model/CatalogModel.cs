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
    private bool _byTheDisk;

    public IReadOnlyCollection<long> Numbers => _snapshots.Keys;

    public void Write(string layer, string name, string text, bool sound) => _disk[(layer, name)] = new Disk(text, sound);

    public void Delete(string layer, string name) => _disk.Remove((layer, name));

    /// <summary>The catalog looked at the disk, and says that the snapshot in force has this number.</summary>
    public void Reload(long number)
    {
        var places = _disk.Keys.Union(_holds.Keys).Union(_served.Keys).OrderByDescending(p => p.Layer).ToArray();
        var served = new Dictionary<(string Layer, string Name), string>();
        foreach (var place in places)
            if (Decide(place, isStrongest: !served.ContainsKey(("workspace", place.Name))) is { } text) served[place] = text;
        (_served, _byTheDisk) = (served, false);
        _snapshots[number] = _served;
    }

    /// <summary>Somebody removes it by command: the managed one, or that of either layer whose folder is gone and that is served.</summary>
    public bool Remove(string name)
    {
        var missing = new[] { "workspace", "managed" }.Select(l => (l, name)).Where(_served.ContainsKey).Take(1).Where(IsMissing).ToArray();
        var place = missing is [var only] ? only : ("managed", name);
        var there = _disk.Remove(place) || missing.Length > 0;
        _served = _served.Where(s => s.Key != place).ToDictionary();
        return there;
    }

    /// <summary>The catalog goes back; the number it then has is told by <see cref="Reload"/>.</summary>
    public void Rollback(long number)
    {
        _byTheDisk = true;
        var target = _snapshots[number];
        _holds.Clear();
        foreach (var place in target.Keys.Union(_disk.Keys))
        {
            var (onDisk, wanted) = (_disk.GetValueOrDefault(place), target.GetValueOrDefault(place));
            if (onDisk is { Sound: true } && onDisk.Text == wanted) continue;
            _holds[place] = (onDisk, wanted);
        }
    }

    public void Resume()
    {
        _holds.Clear();
        _byTheDisk = true;
    }

    /// <summary>The body that is served under a name, or null.</summary>
    public string? Serves(string name) => _served.GetValueOrDefault(("workspace", name)) ?? _served.GetValueOrDefault(("managed", name));

    // A hold on nothing is one that a rollback made where there was nothing.
    private bool IsMissing((string, string) place) => !_disk.ContainsKey(place) && !(_holds.TryGetValue(place, out var hold) && hold.OnDisk is null);

    private string? Decide((string, string) place, bool isStrongest)
    {
        var onDisk = _disk.GetValueOrDefault(place);
        if (_holds.TryGetValue(place, out var hold) && hold.OnDisk == onDisk) return hold.Served;
        var last = _served.GetValueOrDefault(place);
        // What vanished is missed only where it served, and its hold waits for it.
        if (onDisk is null && isStrongest && !_byTheDisk && last is not null) return last;
        _holds.Remove(place);
        return onDisk is null ? null : onDisk.Sound ? onDisk.Text : last;
    }
}
