namespace ClawGrains.Skills.Archives;

/// <summary>Limits and choices of an extraction.</summary>
public sealed record ArchiveOptions
{
    /// <summary>The defaults.</summary>
    public static ArchiveOptions Default { get; } = new();

    /// <summary>Bytes the archive itself may have. Default 64 MiB.</summary>
    public long MaxArchiveBytes { get; init; } = 64L << 20;
    /// <summary>Bytes all files together may have once unpacked. Default 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;
    /// <summary>Entries the archive may have, directories and those passed over included. Default 10,000.</summary>
    public int MaxEntries { get; init; } = 10_000;
    /// <summary>Directories a file may lie in. Default 16.</summary>
    public int MaxDepth { get; init; } = 16;
    /// <summary>
    /// How many times its packed size the content may have, counted above the first MiB. Default 200: text reaches some 20,
    /// what deflate can reach at most is 1,032.
    /// </summary>
    public int MaxRatio { get; init; } = 200;
    /// <summary>
    /// Only what lies below this path is unpacked, and without it; <c>*</c> stands for one directory of any name, as an archive
    /// of a repository begins with. Null for everything. What is passed over need not be safe.
    /// </summary>
    public string? Below { get; init; }
}

/// <summary>How far an extraction is.</summary>
/// <param name="Files">Files written.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="Read">Bytes of the archive read.</param>
/// <param name="Length">Bytes the archive has.</param>
public sealed record ArchiveProgress(int Files, long Bytes, long Read, long Length);

/// <summary>How an extraction ended. Nothing is left on disk unless <see cref="Succeeded"/>.</summary>
public sealed record ArchiveResult
{
    /// <summary>Whether all was unpacked.</summary>
    public bool Succeeded => Refusal is null;
    /// <summary>The fresh directory everything was unpacked to; the caller's to remove.</summary>
    public string? Directory { get; init; }
    /// <summary>Files written.</summary>
    public int Files { get; init; }
    /// <summary>Bytes written.</summary>
    public long Bytes { get; init; }
    /// <summary>The comment of the archive as a whole, where it has one: in those of git hosts the commit.</summary>
    public string? Comment { get; init; }
    /// <summary>Why it was refused.</summary>
    public ArchiveRefusal? Refusal { get; init; }
}

/// <summary>Why an archive was refused.</summary>
/// <param name="Reason">The kind.</param>
/// <param name="Message">One sentence for a person, with the entry concerned; safe to show.</param>
public sealed record ArchiveRefusal(ArchiveRefusalReason Reason, string Message);

/// <summary>The kinds of refusal.</summary>
public enum ArchiveRefusalReason
{
    /// <summary>It is none of the known formats.</summary>
    UnknownFormat,
    /// <summary>It is damaged or ends too early.</summary>
    Damaged,
    /// <summary>An entry is encrypted.</summary>
    Encrypted,
    /// <summary>An entry's path leads out of the directory or is absolute.</summary>
    Traversal,
    /// <summary>An entry's name cannot be written everywhere or shows as something else than it is.</summary>
    Name,
    /// <summary>Two entries have the same path, or paths that are the same on some file systems.</summary>
    Collision,
    /// <summary>An entry is a link, a device, or anything else but a file or directory.</summary>
    SpecialFile,
    /// <summary>A limit is exceeded.</summary>
    TooLarge,
    /// <summary>It holds nothing below the wanted path.</summary>
    Empty,
}
