using System.IO.Enumeration;

namespace ClawGrains.Skills.Packages;

/// <summary>Looks for links in a tree without following any.</summary>
internal static class Links
{
    public static string? First(string directory) => new FileSystemEnumerable<string>(directory, (ref e) => e.ToFullPath(), Everything)
    {
        ShouldIncludePredicate = (ref e) => IsLink(ref e),
        ShouldRecursePredicate = (ref e) => !IsLink(ref e) && !e.FileName.SequenceEqual(".git"),
    }.Order(StringComparer.Ordinal).FirstOrDefault();

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static EnumerationOptions Everything { get; } =
        new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };
}
