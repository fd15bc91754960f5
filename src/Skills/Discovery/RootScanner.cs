using System.IO.Enumeration;
using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Discovery;

/// <summary>Walks one root breadth-first, in ordinal order.</summary>
internal sealed class RootScanner(SkillLayerRoot root, SkillDiscoveryOptions options, List<RefusedPath> refused)
{
    private const string FileName = "SKILL.md";
    private readonly List<SkillFile> _found = [];
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private string _realRoot = "";

    /// <summary>Whether a link was met: then what is found below one directory depends on the others.</summary>
    public bool SawLink { get; private set; }

    public List<SkillFile> Scan(CancellationToken cancellationToken) => Scan(root.Path, 0, cancellationToken);

    /// <summary>The same below one directory of the root, at its depth.</summary>
    public List<SkillFile> Scan(string directory, int depth, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory)) return _found;
        _realRoot = RealPath.Of(root.Path);
        var queue = new Queue<(string Path, int Depth)>();
        queue.Enqueue((directory, depth));
        while (queue.TryDequeue(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Visit(next.Path, next.Depth, queue);
        }
        _found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return _found;
    }

    private void Visit(string directory, int depth, Queue<(string, int)> queue)
    {
        if (List(directory) is not { } entries) return;
        SawLink |= entries.Any(e => e.IsLink);
        if (entries.FirstOrDefault(e => e.Name == FileName) is { Name: not null } file)
        {
            Take(Path.Combine(directory, FileName), file.IsLink, file.IsDirectory);
            return;
        }
        if (depth >= options.MaxDepth) return;
        foreach (var entry in entries.Where(e => e.IsDirectory).OrderBy(e => e.Name, StringComparer.Ordinal))
            Descend(Path.Combine(directory, entry.Name), entry, depth, queue);
    }

    // A folder "skills" directly below the root is the root's own collection, so it costs no level.
    private void Descend(string path, Entry entry, int depth, Queue<(string, int)> queue)
    {
        if (IsPassedOver(entry.Name)) return;
        if (entry.IsLink && !IsInside(path)) return;
        queue.Enqueue((path, depth == 0 && entry.Name == "skills" ? 0 : depth + 1));
    }

    private void Take(string file, bool isLink, bool isDirectory)
    {
        if (isDirectory) Refuse(file, SkillCodes.Unreadable, "SKILL.md is a directory");
        else if (!isLink || RealPath.IsBelow(RealPath.Of(file), _realRoot)) _found.Add(new SkillFile(file, root));
        else Refuse(file, SkillCodes.LinkEscape, $"it is a link to {RealPath.Of(file)}, which lies outside the root {root.Path}");
    }

    // A link into the root is followed once, so that a circle ends.
    private bool IsInside(string link)
    {
        var real = RealPath.Of(link);
        if (!Directory.Exists(real)) return false;
        if (RealPath.IsBelow(real, _realRoot)) return real != _realRoot && _visited.Add(real);
        Refuse(link, SkillCodes.LinkEscape, $"it is a link to {real}, which lies outside the root {root.Path}");
        return false;
    }

    private static bool IsPassedOver(string name) => name[0] == '.' || name == "node_modules";

    private List<Entry>? List(string directory)
    {
        try
        {
            return [.. new FileSystemEnumerable<Entry>(directory, Entry.From, EveryEntry)
            {
                ShouldIncludePredicate = (ref e) => e.IsDirectory || e.FileName.SequenceEqual(FileName) || IsLinkToDirectory(ref e),
            }];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse(directory, SkillCodes.Unreadable, $"the directory cannot be read: {e.Message}");
            return null;
        }
    }

    private static bool IsLinkToDirectory(ref FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 && Directory.Exists(entry.ToFullPath());

    private void Refuse(string path, string code, string reason) => refused.Add(new RefusedPath(path, root.Layer, code, reason));

    private static EnumerationOptions EveryEntry { get; } = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly record struct Entry(string Name, bool IsDirectory, bool IsLink)
    {
        public static Entry From(ref FileSystemEntry e)
        {
            var isLink = (e.Attributes & FileAttributes.ReparsePoint) != 0;
            return new Entry(e.FileName.ToString(), e.IsDirectory || (isLink && Directory.Exists(e.ToFullPath())), isLink);
        }
    }
}
