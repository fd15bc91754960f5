using ClawGrains.Skills.Discovery;

namespace ClawGrains.Skills.Watching;

/// <summary>Begins to watch a directory, with or without those below; to dispose is to end it.</summary>
/// <exception cref="IOException">The system has no watch to give.</exception>
internal delegate IDisposable DirectoryWatchFactory(string directory, bool recursive, DirectoryWatchEvents events);

/// <summary>What a watch calls, on any thread.</summary>
/// <param name="Changed">With the path: of a directory's watch relative to it, of a root's the full one below the root as given.</param>
/// <param name="Failed">Events were lost, or no more will come.</param>
internal sealed record DirectoryWatchEvents(Action<string> Changed, Action<Exception> Failed);

/// <summary>
/// The events of one root: everything below the directory it leads to, and, beside it, the entry of its path in the nearest
/// directory above that exists, so that it is noticed when it appears, goes or, being a link, leads elsewhere.
/// </summary>
internal sealed class RootWatch(string root, DirectoryWatchFactory factory, DirectoryWatchEvents events) : IDisposable
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly List<IDisposable> _watches = [];
    private Place? _place;
    private volatile bool _broken;

    public string Root => _root;

    /// <summary>Follows the root to where it is now. False, and nothing is done, where that has not changed.</summary>
    /// <exception cref="IOException">The system has no watch to give; there is none now.</exception>
    public bool Arm()
    {
        var place = Place.Of(_root);
        if (place == _place && !_broken) return false;
        Dispose();
        _broken = false;
        try
        {
            if (place.Above is { } above) _watches.Add(factory(above, false, events with { Changed = FilterEntry(place.Entry) }));
            if (place.Real is { } real) _watches.Add(factory(real, true, new DirectoryWatchEvents(Filter, Fail)));
            _place = place;
            return true;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var watch in _watches) watch.Dispose();
        _watches.Clear();
        _place = null;
    }

    private void Filter(string path)
    {
        if (ChangeFilter.IsRelevant(path)) events.Changed(Path.Combine(_root, path));
    }

    // The entry went or came: what is watched may be a directory that is gone, even where the one in its place has its inode,
    // which file systems give out again.
    private Action<string> FilterEntry(string entry) => path =>
    {
        if (path != entry) return;
        _broken = true;
        events.Changed(_root);
    };

    private void Fail(Exception error)
    {
        _broken = true;
        events.Failed(error);
    }

    /// <summary>Where a root is: what is watched, with the inodes, as a directory may be replaced by one of the same name.</summary>
    private sealed record Place(string? Above, string Entry, long AboveInode, string? Real, long RealInode)
    {
        public static Place Of(string root)
        {
            var (above, entry) = (Path.GetDirectoryName(root), Path.GetFileName(root));
            while (above is { } missing && !Directory.Exists(missing)) (above, entry) = (Path.GetDirectoryName(missing), Path.GetFileName(missing));
            var real = Directory.Exists(root) ? RealPath.Of(root) : null;
            return new Place(above, entry, Inode(above), real, Inode(real));
        }

        private static long Inode(string? path) => path is null ? 0 : FileStamp.Of(path, follow: true)?.Inode ?? 0;
    }
}
