using System.Security.Cryptography;
using System.Text;
using ClawGrains.Skills.Rendering;

namespace ClawGrains.Skills.Review;

/// <summary>A file that differs between two versions of a skill.</summary>
/// <param name="Path">Its path, with <c>/</c>.</param>
/// <param name="Kind"><c>added</c>, <c>changed</c> or <c>removed</c>.</param>
public sealed record SkillFileChange(string Path, string Kind);

/// <summary>What differs between two directories of a skill.</summary>
/// <param name="Files">The files, in ordinal order.</param>
/// <param name="Diff">The texts among them as unified diffs, cut with a remark beyond <see cref="MaxDiff"/> characters.</param>
public sealed record SkillChanges(IReadOnlyList<SkillFileChange> Files, string Diff)
{
    /// <summary>The greatest length of <see cref="Diff"/> in characters.</summary>
    public const int MaxDiff = 64_000;

    private const long MaxText = 1 << 20;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Compares them by content.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static SkillChanges Between(string oldDirectory, string newDirectory)
    {
        var (old, now) = (Index(oldDirectory), Index(newDirectory));
        var files = old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(p => !old.TryGetValue(p, out var a) || !now.TryGetValue(p, out var b) || a.Hash != b.Hash)
            .Select(p => new SkillFileChange(p, !old.ContainsKey(p) ? "added" : !now.ContainsKey(p) ? "removed" : "changed")).ToArray();
        var diff = new StringBuilder();
        foreach (var file in files) diff.Append(DiffOf(file.Path, old.GetValueOrDefault(file.Path).File, now.GetValueOrDefault(file.Path).File));
        return new SkillChanges(files, diff.Length <= MaxDiff ? diff.ToString() : $"{diff.ToString(0, MaxDiff)}\n[{diff.Length - MaxDiff} more characters are not shown]\n");
    }

    private static Dictionary<string, (SkillFileEntry File, string Hash)> Index(string directory) =>
        SkillFiles.Enumerate(directory).ToDictionary(f => f.RelativePath, f => (f, HashOf(f.FullPath)), StringComparer.Ordinal);

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string DiffOf(string path, SkillFileEntry? old, SkillFileEntry? now)
    {
        var (before, after) = (TextOf(old), TextOf(now));
        return (old is not null && before is null) || (now is not null && after is null)
            ? $"Binary file {path} differs\n"
            : TextDiff.Unified(path, before, after);
    }

    private static string? TextOf(SkillFileEntry? file)
    {
        if (file is null || file.Length > MaxText) return null;
        var bytes = File.ReadAllBytes(file.FullPath);
        try
        {
            return bytes.Contains((byte)0) ? null : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Not text: it is named, not shown.
            return null;
        }
    }
}
