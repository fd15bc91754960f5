namespace ClawGrains.Skills.Archives;

/// <summary>The paths of an archive so far; refuses one that is there already, or the same on some file system.</summary>
internal sealed class EntryTable
{
    private readonly Node _root = new("", true);

    public void Add(string[] parts, bool isDirectory, string shown)
    {
        var node = _root;
        for (var i = 0; i < parts.Length; i++)
            node = Enter(node, parts[i], isDirectory || i < parts.Length - 1, isLast: i == parts.Length - 1, shown);
    }

    private static Node Enter(Node parent, string part, bool isDirectory, bool isLast, string shown)
    {
        var fold = EntryName.Fold(part);
        if (!parent.Children.TryGetValue(fold, out var alike)) parent.Children[fold] = alike = [];
        foreach (var other in alike)
        {
            if (other.Name == part) return Same(other, isDirectory, isLast, shown);
            if (EntryName.Collide(other.Name, part)) throw Refuse($"{shown} is the same as {EntryName.Show(other.Name)} on some file systems");
        }
        var node = new Node(part, isDirectory);
        alike.Add(node);
        return node;
    }

    private static Node Same(Node there, bool isDirectory, bool isLast, string shown)
    {
        if (there.IsDirectory != isDirectory) throw Refuse($"{shown} needs as a directory what is a file, or the reverse");
        return !isDirectory && isLast ? throw Refuse($"{shown} is in the archive twice") : there;
    }

    private static ArchiveException Refuse(string message) => new(ArchiveRefusalReason.Collision, message);

    private sealed record Node(string Name, bool IsDirectory)
    {
        public Dictionary<string, List<Node>> Children { get; } = new(StringComparer.Ordinal);
    }
}
