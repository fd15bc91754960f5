namespace ClawGrains.Skills.Sources;

/// <summary>Finds the skill in what was fetched.</summary>
internal static class SkillFolder
{
    private const string FileName = "SKILL.md";
    private const int MaxDepth = 5;
    private const int Shown = 10;

    /// <summary>The directory itself, or the only one below it, that holds a <c>SKILL.md</c>.</summary>
    /// <exception cref="SourceException">There is none, or more than one.</exception>
    public static string Find(string directory, string source)
    {
        if (File.Exists(Path.Combine(directory, FileName))) return directory;
        var found = Below(directory, 1).Order(StringComparer.Ordinal).ToList();
        if (found.Count == 1) return found[0];
        if (found.Count == 0) throw new SourceException(SourceCodes.Ambiguous, $"{source} holds no {FileName}");
        var names = found.Take(Shown).Select(f => Path.GetRelativePath(directory, f).Replace(Path.DirectorySeparatorChar, '/'));
        throw new SourceException(SourceCodes.Ambiguous,
            $"{source} holds {found.Count} skills; say which by its path: {string.Join(", ", names)}{(found.Count > Shown ? ", …" : "")}");
    }

    private static IEnumerable<string> Below(string directory, int depth)
    {
        foreach (var child in new DirectoryInfo(directory).EnumerateDirectories())
        {
            if (child.Name is ".git" or "node_modules" || child.LinkTarget is not null) continue;
            if (File.Exists(Path.Combine(child.FullName, FileName))) yield return child.FullName;
            else if (depth < MaxDepth)
                foreach (var found in Below(child.FullName, depth + 1)) yield return found;
        }
    }
}
