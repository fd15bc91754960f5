namespace ClawGrains.Skills.Watching;

/// <summary>A <see cref="FileSystemWatcher"/> as a <see cref="DirectoryWatchFactory"/> gives it.</summary>
internal static class SystemWatch
{
    // The most that Windows takes over a network; Linux has a queue of its own.
    private const int BufferSize = 64 * 1024;

    public static IDisposable Create(string directory, bool recursive, DirectoryWatchEvents events)
    {
        var watcher = new FileSystemWatcher();
        try
        {
            watcher.Path = directory;
            watcher.IncludeSubdirectories = recursive;
            watcher.InternalBufferSize = BufferSize;
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size;
            FileSystemEventHandler changed = (_, e) => events.Changed(e.Name ?? "");
            watcher.Created += changed;
            watcher.Deleted += changed;
            watcher.Changed += changed;
            watcher.Renamed += (_, e) =>
            {
                if (e.OldName is { } old) events.Changed(old);
                if (e.Name is { } name) events.Changed(name);
            };
            watcher.Error += (_, e) => events.Failed(e.GetException());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e)
        {
            watcher.Dispose();
            // A directory that went in between is reported as an argument; to the caller it is one that cannot be watched.
            if (e is ArgumentException) throw new IOException($"{directory} cannot be watched: {e.Message}", e);
            throw;
        }
    }
}
