namespace ClawGrains.Skills.Watching;

/// <summary>What changed since the last time it was asked: paths, or everything where there are too many or some were lost.</summary>
internal sealed class PendingChange
{
    /// <summary>From so many paths on, a look at everything costs less than one at each.</summary>
    public const int MostPaths = 1_000;

    private readonly Lock _lock = new();
    private HashSet<string> _paths = new(StringComparer.Ordinal);
    private bool _everything;
    private bool _rescanned;

    public void Add(string path)
    {
        lock (_lock)
            if (!_everything && _paths.Add(path) && _paths.Count > MostPaths) Everything();
    }

    public void AddEverything(bool byRescan = false)
    {
        lock (_lock)
        {
            _rescanned |= byRescan;
            Everything();
        }
    }

    public SkillChange Take()
    {
        lock (_lock)
        {
            var change = new SkillChange(_rescanned ? SkillChangeSource.Rescan : SkillChangeSource.Event, _everything ? null : [.. _paths]);
            (_paths, _everything, _rescanned) = (new HashSet<string>(StringComparer.Ordinal), false, false);
            return change;
        }
    }

    private void Everything()
    {
        _everything = true;
        _paths.Clear();
    }
}
