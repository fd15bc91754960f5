namespace ClawGrains.Skills.Watching;

/// <summary>Tells events that concern skills from the traces that editors and installations leave.</summary>
internal static class ChangeFilter
{
    private static readonly string[] Endings =
        ["~", ".tmp", ".temp", ".swp", ".swx", ".swo", ".part", ".crdownload", ".bak", ".orig", ".kate-swp", "___jb_tmp___", "___jb_old___"];

    /// <summary>
    /// Whether a path below a root matters. Hidden ones do not, as no skill is looked for there, except names that begin with
    /// two dots: a mounted ConfigMap is swapped by renaming its link <c>..data</c>.
    /// </summary>
    public static bool IsRelevant(ReadOnlySpan<char> relativePath)
    {
        ReadOnlySpan<char> last = default;
        foreach (var range in relativePath.SplitAny('/', '\\'))
        {
            last = relativePath[range];
            if (IsHidden(last) || last is "node_modules") return false;
        }
        return !IsTemporary(last);
    }

    public static bool IsHidden(ReadOnlySpan<char> name) => name.Length > 0 && name[0] == '.' && !name.StartsWith("..");

    // vim writes a file named 4913 to see whether it may create one.
    public static bool IsTemporary(ReadOnlySpan<char> name)
    {
        if (name is "4913" || (name.Length > 1 && name[0] == '#' && name[^1] == '#')) return true;
        foreach (var ending in Endings)
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
