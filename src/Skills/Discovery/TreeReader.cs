using System.IO.Enumeration;
using System.Security.Cryptography;
using ClawGrains.Skills.Model;
using ClawGrains.Skills.Watching;

namespace ClawGrains.Skills.Discovery;

/// <summary>
/// Reads the tree of a skill's directory. A file whose stamp is the one it had before keeps its hash, if it was old enough then.
/// </summary>
internal sealed class TreeReader(TimeProvider time)
{
    private const UnixFileMode OwnerMayRun = UnixFileMode.UserExecute;

    /// <summary>The tree with what is to be remembered for the next time.</summary>
    public (SkillTree Tree, FileMemory Memory) Read(SkillDocument skill, FileMemory before)
    {
        var memory = new FileMemory();
        var files = new List<SkillTreeFile> { SkillTreeFile.Of(skill) };
        var listed = List(skill.BaseDirectory);
        foreach (var path in listed)
            if (path != SkillTreeFile.Skill && ReadFile(skill.BaseDirectory, path, before, memory) is { } file) files.Add(file);
        // Too many to look into: an entry without a path stands for the sizes and times of all, and tells of a change.
        if (listed.Count > SkillTree.MaxFiles) files.Add(new SkillTreeFile("", 0, $"@{TreeFingerprint.Of(skill.BaseDirectory)}", false));
        return (SkillTree.Of(files), memory);
    }

    private static List<string> List(string directory)
    {
        try
        {
            var files = new FileSystemEnumerable<string>(directory, (ref e) => Relative(ref e), Everything)
            {
                ShouldIncludePredicate = (ref e) => !e.IsDirectory && !IsLink(ref e) && ChangeFilter.IsRelevant(e.FileName) && !ChangeFilter.IsHidden(e.FileName),
                ShouldRecursePredicate = (ref e) => !IsLink(ref e) && ChangeFilter.IsRelevant(e.FileName) && e.FileName[0] != '.',
            };
            return [.. files.Take(SkillTree.MaxFiles + 1).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went while it was read; whatever took its place is told of next.
            return [];
        }
    }

    private SkillTreeFile? ReadFile(string directory, string path, FileMemory before, FileMemory memory)
    {
        var full = Path.Combine(directory, path);
        if (FileStamp.Of(full) is not { } stamp) return null;
        if (before.TryGetValue(path, out var known) && known.Stamp == stamp) return (memory[path] = known).File;
        try
        {
            var file = Describe(full, path, stamp);
            if (stamp.At + FileStamp.Grain < time.GetUtcNow().UtcDateTime) memory[path] = (stamp, file);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // One that can't be read can't be served either; by its stamp it is seen to change.
            return new SkillTreeFile(path, stamp.Length, $"@{stamp.Changed}", false);
        }
    }

    private static SkillTreeFile Describe(string full, string path, FileStamp stamp)
    {
        var executable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(full) & OwnerMayRun) != 0;
        if (stamp.Length > SkillTree.MaxHashedBytes) return new SkillTreeFile(path, stamp.Length, $"@{stamp.Modified}", executable);
        // What has no length may be a pipe, and reading one could wait for ever.
        var bytes = stamp.Length == 0 ? [] : File.ReadAllBytes(full);
        return new SkillTreeFile(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), executable);
    }

    private static string Relative(ref FileSystemEntry entry) =>
        Path.GetRelativePath(entry.RootDirectory.ToString(), entry.ToFullPath()).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static EnumerationOptions Everything { get; } =
        new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };
}

/// <summary>The files of a skill that were old enough to be known by their stamps.</summary>
internal sealed class FileMemory : Dictionary<string, (FileStamp Stamp, SkillTreeFile File)>
{
    public static FileMemory None { get; } = [];

    public FileMemory() : base(StringComparer.Ordinal)
    {
    }
}
