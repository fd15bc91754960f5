namespace ClawGrains.Sandbox.Permissions;

/// <summary>A permitted path of the workspace, with everything below it; <c>:ro</c> at its end permits reading alone.</summary>
public readonly record struct FilePattern
{
    private FilePattern(string path, bool readOnly) => (Path, ReadOnly) = (path, readOnly);

    /// <summary>The path from the workspace's root, without <c>.</c> and <c>..</c>; empty for the workspace itself.</summary>
    public string Path { get; }

    /// <summary>Whether writing is not permitted.</summary>
    public bool ReadOnly { get; }

    /// <summary>Reads a pattern; false where it leaves the workspace. Absolute paths are kept as they are and match no file.</summary>
    public static bool TryParse(string text, out FilePattern pattern)
    {
        pattern = default;
        var readOnly = text.EndsWith(":ro", StringComparison.Ordinal);
        var path = readOnly ? text[..^3] : text.EndsWith(":rw", StringComparison.Ordinal) ? text[..^3] : text;
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return false;
        if (path.StartsWith('/'))
        {
            pattern = new FilePattern(path.TrimEnd('/'), readOnly);
            return true;
        }
        if (Normalize(path) is not { } inside) return false;
        pattern = new FilePattern(inside, readOnly);
        return true;
    }

    /// <summary>Whether <paramref name="path"/>, as <see cref="Normalize"/> gives it, is permitted.</summary>
    public bool Matches(string path, bool write) =>
        !(write && ReadOnly) && (Path.Length == 0 || path == Path || path.StartsWith(Path + "/", StringComparison.Ordinal));

    /// <summary>Whether everything that <paramref name="other"/> permits is permitted by this.</summary>
    public bool Covers(FilePattern other) => Matches(other.Path, write: !other.ReadOnly) && other.Path.StartsWith('/') == Path.StartsWith('/');

    /// <summary>The path without <c>.</c>, <c>..</c> and doubled slashes; null where it leaves its start.</summary>
    public static string? Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return null;
            else parts.RemoveAt(parts.Count - 1);
        }
        return string.Join('/', parts);
    }
}
