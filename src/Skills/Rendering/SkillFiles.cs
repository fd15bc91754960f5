using System.IO.Enumeration;

namespace ClawGrains.Skills.Rendering;

/// <summary>A regular file of a skill.</summary>
/// <param name="RelativePath">The path below the skill's directory, with <c>/</c>.</param>
/// <param name="FullPath">Where it lies.</param>
/// <param name="Length">Its bytes.</param>
public sealed record SkillFileEntry(string RelativePath, string FullPath, long Length);

/// <summary>The regular files of a skill directory; links are neither listed nor followed.</summary>
public static class SkillFiles
{
    /// <summary>All files in ordinal order of their relative paths, without those below <c>.git</c>.</summary>
    public static IReadOnlyList<SkillFileEntry> Enumerate(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        var root = Path.GetFullPath(directory);
        var files = new FileSystemEnumerable<SkillFileEntry>(root, (ref e) => Describe(ref e, root), Everything)
        {
            ShouldIncludePredicate = (ref e) => !e.IsDirectory && !IsLink(ref e),
            ShouldRecursePredicate = (ref e) => !IsLink(ref e) && !e.FileName.SequenceEqual(".git"),
        };
        return [.. files.OrderBy(f => f.RelativePath, StringComparer.Ordinal)];
    }

    private static SkillFileEntry Describe(ref FileSystemEntry entry, string root)
    {
        var full = entry.ToFullPath();
        return new SkillFileEntry(Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/'), full, entry.Length);
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static EnumerationOptions Everything { get; } =
        new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
}
