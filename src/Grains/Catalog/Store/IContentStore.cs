using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>
/// Contents by their SHA-256 (64 lower-case hexadecimal digits), so that a version of a skill outlives its files. Safe for use
/// by several threads at once.
/// </summary>
internal interface IContentStore
{
    /// <summary>Whether it has the content.</summary>
    bool Has(string sha256);

    /// <summary>Keeps a content; does nothing where it has it.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    void Put(string sha256, ReadOnlySpan<byte> content);

    /// <summary>The content, or null.</summary>
    byte[]? Get(string sha256);

    /// <summary>Whether files beside a skill's <c>SKILL.md</c> are to be put, too.</summary>
    bool KeepsFiles { get; }

    /// <summary>
    /// A directory that holds these files, as paths and hashes; null where one of them is missing, or where there can be no such
    /// directory. It may be shared and is not to be written to.
    /// </summary>
    /// <param name="revision">What names the whole.</param>
    /// <param name="files">The files.</param>
    string? Lay(string revision, IEnumerable<SkillTreeFile> files);

    /// <summary>Forgets what is not wanted any more.</summary>
    void Sweep(IReadOnlySet<string> wanted);
}
