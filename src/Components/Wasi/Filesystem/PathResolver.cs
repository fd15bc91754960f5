using Microsoft.Win32.SafeHandles;

namespace ClawGrains.Components.Wasi.Filesystem;

/// <summary>
/// Finds the directory that holds a path's last name, one name at a time from a handle to the next. No step follows a
/// symbolic link by itself: a link's content is put in front of what is left of the path, so nothing can lead out, and
/// what was checked is what is used.
/// </summary>
internal sealed class PathResolver : IDisposable
{
    private const int MaxLinks = 40;
    private readonly Stack<SafeFileHandle> _opened = new();
    private readonly SafeFileHandle _root;

    private PathResolver(SafeFileHandle root) => _root = root;

    /// <summary>The directory in which <see cref="Name"/> is to be used, with calls that follow no link.</summary>
    public SafeFileHandle Directory => _opened.TryPeek(out var top) ? top : _root;

    /// <summary>The last name; <c>.</c> for the directory itself.</summary>
    public string Name { get; private set; } = ".";

    /// <summary>Whether the path ended in a slash, so that only a directory will do.</summary>
    public bool MustBeDirectory { get; private set; }

    /// <summary>For a use of what the path leads to: a slash at its end follows a link there too.</summary>
    public static PathResolver Resolve(SafeFileHandle root, string path, bool follow) => Walked(root, path, follow || EndsAsDirectory(path));

    /// <summary>For a change of the name itself, as POSIX has it: a link is never followed, whatever the path ends in.</summary>
    public static PathResolver ResolveEntry(SafeFileHandle root, string path) => Walked(root, path, followLast: false);

    private static PathResolver Walked(SafeFileHandle root, string path, bool followLast)
    {
        var resolver = new PathResolver(root) { MustBeDirectory = EndsAsDirectory(path) };
        try
        {
            resolver.Walk(path, followLast);
            return resolver;
        }
        catch
        {
            resolver.Dispose();
            throw;
        }
    }

    private static bool EndsAsDirectory(string path) => path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal);

    private void Walk(string path, bool followLast)
    {
        var names = new Stack<string>();
        Push(names, path);
        for (var links = 0; names.TryPop(out var name);)
        {
            var last = names.Count == 0;
            Name = last ? name : ".";
            if (name is "." or "..")
            {
                Step(name);
                continue;
            }
            if (Posix.IsSupported && (!last || followLast) && LinkIn(name, last) is { } content)
            {
                if (++links > MaxLinks) throw new FilesystemException("loop");
                Push(names, content);
                Name = ".";
                continue;
            }
            if (!last) _opened.Push(Posix.OpenAt(Directory, name, Posix.PathOnly | Posix.Directory | Posix.NoFollow));
        }
    }

    private void Step(string name)
    {
        Name = ".";
        if (name == ".") return;
        if (!_opened.TryPop(out var left)) throw new FilesystemException("not-permitted");
        left.Dispose();
    }

    /// <summary>The content of a link of that name; a last name need not exist.</summary>
    private string? LinkIn(string name, bool last)
    {
        try
        {
            return Posix.TryReadLinkAt(Directory, name);
        }
        catch (FilesystemException e) when (last && e.Code == "no-entry")
        {
            return null;
        }
    }

    private static void Push(Stack<string> names, string path)
    {
        if (path.Length == 0) throw new FilesystemException("no-entry");
        if (path[0] == '/') throw new FilesystemException("not-permitted");
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) names.Push(name);
    }

    public void Dispose()
    {
        while (_opened.TryPop(out var handle)) handle.Dispose();
    }
}
