using System.IO.Enumeration;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Skills.Watching;

/// <summary>
/// One number for everything below a root: paths, sizes, times and inodes, no content. A link counts as itself and as what it
/// leads to; linked directories within the root are walked once.
/// </summary>
internal sealed class TreeFingerprint
{
    // Six levels to a skill (SkillDiscoveryOptions) and as many within it.
    private const int MaxDepth = 12;
    private const ulong Prime = 1099511628211;
    private const ulong Basis = 14695981039346656037;
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly string _realRoot;
    private ulong _sum;
    private DateTime _newest = DateTime.MinValue;

    private TreeFingerprint(string realRoot) => _realRoot = realRoot;

    /// <summary>The fingerprint; that of a root that is missing differs from that of an empty one.</summary>
    public static ulong Of(string root) => Measure(root).Print;

    /// <summary>The same with the time of the newest change: a print that young may stay the same over the next change.</summary>
    public static (ulong Print, DateTime Newest) Measure(string root)
    {
        var real = RealPath.Of(root);
        if (!Directory.Exists(real)) return (0, DateTime.MinValue);
        var tree = new TreeFingerprint(real);
        tree.Add(real);
        tree._visited.Add(real);
        tree.Walk(real, 0);
        return (tree._sum, tree._newest);
    }

    private void Walk(string directory, int depth)
    {
        foreach (var entry in List(directory))
        {
            Add(entry.Path);
            if (entry.IsLink) Follow(entry.Path, depth);
            else if (entry.IsDirectory && depth < MaxDepth) Walk(entry.Path, depth + 1);
        }
    }

    // A sum, so that the order in which a directory is listed does not matter.
    private void Add(string path)
    {
        var stamp = FileStamp.Of(path);
        unchecked { _sum += Hash(path, stamp); }
        if (stamp is { } s && s.At > _newest) _newest = s.At;
    }

    private void Follow(string link, int depth)
    {
        var real = RealPath.Of(link);
        Add(real);
        if (depth < MaxDepth && Directory.Exists(real) && RealPath.IsBelow(real, _realRoot) && _visited.Add(real)) Walk(real, depth + 1);
    }

    // What cannot be listed looks empty, and different as soon as it can be.
    private static List<Entry> List(string directory)
    {
        try
        {
            return [.. new FileSystemEnumerable<Entry>(directory, (ref e) => Entry.From(ref e), EveryEntry)
            {
                ShouldIncludePredicate = (ref e) => ChangeFilter.IsRelevant(e.FileName),
            }];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // FNV-1a, 64 bits.
    private static ulong Hash(string path, FileStamp? stamp)
    {
        unchecked
        {
            var hash = Basis;
            foreach (var c in path) hash = (hash ^ c) * Prime;
            if (stamp is not { } s) return hash;
            foreach (var n in (ReadOnlySpan<long>)[s.Inode, s.Length, s.Modified, s.Changed])
                for (var shift = 0; shift < 64; shift += 16) hash = (hash ^ (ushort)(n >> shift)) * Prime;
            return hash;
        }
    }

    private static EnumerationOptions EveryEntry { get; } = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly record struct Entry(string Path, bool IsDirectory, bool IsLink)
    {
        public static Entry From(ref FileSystemEntry e) =>
            new(e.ToFullPath(), e.IsDirectory, (e.Attributes & FileAttributes.ReparsePoint) != 0);
    }
}
