using System.IO.Enumeration;

namespace ClawGrains.Wasm.Spec.Script;

/// <summary>Finds the scripts of a folder.</summary>
internal static class ScriptFinder
{
    /// <summary>Paths below <paramref name="root"/> (or the one script it is), in ordinal order.</summary>
    public static IReadOnlyList<string> Find(string root, string filter) =>
        File.Exists(root)
            ? [Path.GetFileName(root)]
            : [.. Directory.EnumerateFiles(root, "*.json", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f))
                .Where(f => !f.Split(Path.DirectorySeparatorChar).Contains("node_modules") && Matches(f, filter))
                .Order(StringComparer.Ordinal)];

    private static bool Matches(string path, string filter)
    {
        var bare = Path.ChangeExtension(path, null).Replace('\\', '/');
        return FileSystemName.MatchesSimpleExpression(filter, Path.GetFileName(bare))
            || FileSystemName.MatchesSimpleExpression(filter, bare)
            || FileSystemName.MatchesSimpleExpression(filter, bare + ".json");
    }
}
