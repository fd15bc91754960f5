using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClawGrains.Skills.Model;

namespace ClawGrains.Skills.Discovery;

/// <summary>
/// The files of a skill's directory by the hashes of their contents: one version of the skill, whenever and wherever it is met.
/// Links are left out, and so is what <c>ChangeFilter</c> passes over: hidden files and the traces of editors.
/// </summary>
/// <param name="Files">In ordinal order of their paths.</param>
/// <param name="Revision">SHA-256 of <see cref="Text"/>, lower-case hex; equal for equal files.</param>
public sealed record SkillTree(ImmutableArray<SkillTreeFile> Files, string Revision)
{
    /// <summary>The greatest number of files that are hashed.</summary>
    public const int MaxFiles = 2_000;

    /// <summary>The largest file that is hashed by its content; of a larger one size and time count. 8 MiB.</summary>
    public const int MaxHashedBytes = 8 << 20;

    private const char Executable = 'x';
    private const char Plain = '-';

    /// <summary>Whether all files are listed; false where there are more than <see cref="MaxFiles"/>.</summary>
    public bool IsWhole => Files.IsEmpty || Files[0].Path.Length > 0;

    /// <summary>One line for each file: hash, size, whether it is executable, and path. What <see cref="Revision"/> is the hash of.</summary>
    public string Text => TextOf(Files);

    /// <summary>The tree of these files.</summary>
    public static SkillTree Of(IEnumerable<SkillTreeFile> files)
    {
        ImmutableArray<SkillTreeFile> ordered = [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
        return new SkillTree(ordered, HashOf(TextOf(ordered)));
    }

    /// <summary>The tree of a skill's <c>SKILL.md</c> alone.</summary>
    public static SkillTree Of(SkillDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Of([SkillTreeFile.Of(document)]);
    }

    /// <summary>Reads <see cref="Text"/> back; null where it is not such a text.</summary>
    public static SkillTree? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var files = new List<SkillTreeFile>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', 4) is not [var hash, var size, [var mode], var path]) return null;
            if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
            files.Add(new SkillTreeFile(Uri.UnescapeDataString(path), length, hash, mode == Executable));
        }
        return Of(files);
    }

    /// <summary>Whether the other files of two trees are the same, whatever their <c>SKILL.md</c>.</summary>
    public bool IsSameBesideSkill(SkillTree other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsWhole && other.IsWhole && Others(this).SequenceEqual(Others(other));

        static IEnumerable<(string, string, bool)> Others(SkillTree tree) =>
            tree.Files.Where(f => f.Path != SkillTreeFile.Skill).Select(f => (f.Path, f.Sha256, f.IsExecutable));
    }

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    // A path may hold a line break; escaped, it can't begin another file's line.
    private static string TextOf(ImmutableArray<SkillTreeFile> files)
    {
        var text = new StringBuilder();
        foreach (var f in files)
            text.Append(CultureInfo.InvariantCulture, $"{f.Sha256} {f.Length} {(f.IsExecutable ? Executable : Plain)} {Uri.EscapeDataString(f.Path)}\n");
        return text.ToString();
    }
}

/// <summary>One file of a <see cref="SkillTree"/>.</summary>
/// <param name="Path">Relative to the skill's directory, with <c>/</c>.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, or <c>@</c> and its time where it is larger than <see cref="SkillTree.MaxHashedBytes"/>.</param>
/// <param name="IsExecutable">Whether its owner may run it.</param>
public sealed record SkillTreeFile(string Path, long Length, string Sha256, bool IsExecutable)
{
    /// <summary>The path of the instructions.</summary>
    public const string Skill = "SKILL.md";

    /// <summary>Whether <see cref="Sha256"/> is one.</summary>
    public bool IsHashed => !Sha256.StartsWith('@');

    internal static SkillTreeFile Of(SkillDocument document) => new(Skill, document.Source.Length, document.ContentHash, false);
}
