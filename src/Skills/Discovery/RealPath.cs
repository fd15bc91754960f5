namespace ClawGrains.Skills.Discovery;

/// <summary>Canonical paths: every link on the way resolved, which <see cref="Path.GetFullPath(string)"/> does not do.</summary>
internal static class RealPath
{
    // Linux gives up after 40 links as well.
    private const int MaxLinks = 40;

    /// <summary>The canonical path, or the plain full path from where a part is missing or links go in circles.</summary>
    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    public static bool IsBelow(string path, string root) =>
        path == root || (path.StartsWith(root, StringComparison.Ordinal)
            && (root.EndsWith(Path.DirectorySeparatorChar) || path[root.Length] == Path.DirectorySeparatorChar));

    private static string Resolve(string full, ref int links)
    {
        var current = Path.GetPathRoot(full)!;
        var rest = full[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in rest)
        {
            current = Path.Combine(current, part);
            if (Target(current) is not { } target) continue;
            if (++links > MaxLinks) return full;
            current = Resolve(Path.GetFullPath(target, Path.GetDirectoryName(current)!), ref links);
        }
        return current;
    }

    private static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be looked at cannot be followed either; opening it gives the error that is shown.
            return null;
        }
    }
}
