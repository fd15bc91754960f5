using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ClawGrains.Skills.Tests.Sources;

/// <summary>What an entry of an archive is.</summary>
internal enum HostileKind
{
    File,
    SymbolicLink,
    HardLink,
    CharacterDevice,
    BlockDevice,
    Fifo,
}

/// <summary>An entry of an archive that means no good.</summary>
internal sealed record HostileEntry(string Name, string Content = "x", HostileKind Kind = HostileKind.File);

/// <summary>The kinds of hostile archives, each of which can be written in every format.</summary>
internal static class HostileArchive
{
    /// <summary>The formats by the endings that people know them by.</summary>
    public static IReadOnlyList<string> Formats { get; } = [".zip", ".skill", ".tar.gz"];

    /// <summary>The entries of each kind, beside a sound <c>SKILL.md</c>.</summary>
    public static IReadOnlyDictionary<string, Func<string, IEnumerable<HostileEntry>>> Kinds { get; } = new Dictionary<string, Func<string, IEnumerable<HostileEntry>>>
    {
        ["parent directory"] = _ => [new("../evil")],
        ["parent directory further in"] = _ => [new("a/b/../../../evil")],
        ["absolute path"] = outside => [new($"{outside}/evil")],
        ["backslashes"] = _ => [new("..\\evil")],
        ["drive letter"] = _ => [new("C:\\evil")],
        ["alternate stream"] = _ => [new("notes.txt:evil")],
        ["symbolic link"] = outside => [new("link", outside, HostileKind.SymbolicLink)],
        ["file through a link"] = outside => [new("link", outside, HostileKind.SymbolicLink), new("link/evil")],
        ["hard link"] = _ => [new("link", "/etc/passwd", HostileKind.HardLink)],
        ["character device"] = _ => [new("device", "", HostileKind.CharacterDevice)],
        ["block device"] = _ => [new("device", "", HostileKind.BlockDevice)],
        ["pipe"] = _ => [new("pipe", "", HostileKind.Fifo)],
        ["bomb of one file"] = _ => [new("zeros", new string('\0', 16 << 20))],
        ["bomb of many files"] = _ => Enumerable.Range(0, 65).Select(i => new HostileEntry($"zeros{i}", new string('\0', 1 << 20))),
        ["bomb of entries"] = _ => Enumerable.Range(0, 10_001).Select(i => new HostileEntry($"f{i}", "")),
        ["deep directories"] = _ => [new(string.Concat(Enumerable.Repeat("d/", 200)) + "f")],
        ["names that differ in case"] = _ => [new("run.sh"), new("RUN.sh")],
        ["directories that differ in case"] = _ => [new("Scripts/a"), new("scripts/b")],
        ["a second SKILL.md in another case"] = _ => [new("skill.md", "---\nname: other\ndescription: o\n---\n")],
        ["the same name twice"] = _ => [new("run.sh", "one"), new("run.sh", "two")],
        ["composed and decomposed letters"] = _ => [new("\u00e9.md"), new("e\u0301.md")],
        ["text that turns around"] = _ => [new("a\u202egpj.sh")],
        ["invisible characters"] = _ => [new("run\u200b.sh")],
        ["full-width dots and slash"] = _ => [new("\uff0e\uff0e\uff0fevil")],
        ["slash look-alike"] = _ => [new("a\u2215evil")],
        ["letter look-alike"] = _ => [new("\u212aey")],
        ["line break"] = _ => [new("run\n.sh")],
        ["reserved name"] = _ => [new("NUL.txt")],
        ["trailing dot"] = _ => [new("run.sh.")],
        ["file that is a directory as well"] = _ => [new("a"), new("a/b")],
    };

    /// <summary>Writes an archive of a kind.</summary>
    public static void Write(string path, string kind, string outside)
    {
        HostileEntry[] entries = [new("SKILL.md", "---\nname: evil\ndescription: Looks sound.\n---\nDo it.\n"), .. Kinds[kind](outside)];
        using var file = File.Create(path);
        if (path.EndsWith(".tar.gz", StringComparison.Ordinal)) WriteTar(file, entries);
        else WriteZip(file, entries);
    }

    private static void WriteTar(Stream file, IEnumerable<HostileEntry> entries)
    {
        using var packed = new GZipStream(file, CompressionLevel.Optimal);
        using var tar = new TarWriter(packed, TarEntryFormat.Pax);
        foreach (var entry in entries) tar.WriteEntry(TarEntryOf(entry));
    }

    private static PaxTarEntry TarEntryOf(HostileEntry entry) => entry.Kind switch
    {
        HostileKind.SymbolicLink => new PaxTarEntry(TarEntryType.SymbolicLink, entry.Name) { LinkName = entry.Content },
        HostileKind.HardLink => new PaxTarEntry(TarEntryType.HardLink, entry.Name) { LinkName = entry.Content },
        HostileKind.CharacterDevice => new PaxTarEntry(TarEntryType.CharacterDevice, entry.Name),
        HostileKind.BlockDevice => new PaxTarEntry(TarEntryType.BlockDevice, entry.Name),
        HostileKind.Fifo => new PaxTarEntry(TarEntryType.Fifo, entry.Name),
        _ => new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(entry.Content)) },
    };

    // A zip archive has no hard links; what comes nearest is a link.
    private static void WriteZip(Stream file, IEnumerable<HostileEntry> entries)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var entry in entries)
        {
            var written = zip.CreateEntry(entry.Name, CompressionLevel.Optimal);
            written.ExternalAttributes = ModeOf(entry.Kind) << 16;
            using var stream = written.Open();
            stream.Write(Encoding.UTF8.GetBytes(entry.Content));
        }
    }

    private static int ModeOf(HostileKind kind) => kind switch
    {
        HostileKind.SymbolicLink or HostileKind.HardLink => 0xa1ff,
        HostileKind.CharacterDevice => 0x2180,
        HostileKind.BlockDevice => 0x6180,
        HostileKind.Fifo => 0x1180,
        _ => 0x81a4,
    };
}
