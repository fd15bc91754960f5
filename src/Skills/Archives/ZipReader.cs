using System.Buffers.Binary;
using System.IO.Compression;

namespace ClawGrains.Skills.Archives;

/// <summary>Unpacks a zip archive (PKWARE APPNOTE) by its central directory; local headers are not believed.</summary>
internal static class ZipReader
{
    private const int TypeMask = 0xf000;
    private const int TypeFile = 0x8000;
    private const int TypeDirectory = 0x4000;
    private const int TypeLink = 0xa000;
    private const int OwnerExecutes = 0x40;
    private const int EndLength = 22;
    private const int EndSignature = 0x06054b50;

    /// <returns>The archive's comment.</returns>
    public static async Task<string> ReadAsync(Stream stream, Unpacker unpacker, ArchiveOptions options, CancellationToken cancellationToken)
    {
        CheckCount(stream, options);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > options.MaxEntries) throw TooMany(options);
        foreach (var entry in archive.Entries) await UnpackAsync(entry, unpacker, options, cancellationToken).ConfigureAwait(false);
        return archive.Comment;
    }

    private static async Task UnpackAsync(ZipArchiveEntry zipped, Unpacker unpacker, ArchiveOptions options, CancellationToken cancellationToken)
    {
        var shown = EntryName.Show(zipped.FullName);
        if (zipped.IsEncrypted) throw new ArchiveException(ArchiveRefusalReason.Encrypted, $"{shown} is encrypted");
        if (zipped.Length > Math.Max(1L << 20, zipped.CompressedLength * options.MaxRatio))
            throw new ArchiveException(ArchiveRefusalReason.TooLarge, $"{shown} unpacks to more than {options.MaxRatio} times its size");
        var checksum = new Crc32();
        var written = await unpacker.AddAsync(Describe(zipped, checksum), zipped.Open, cancellationToken).ConfigureAwait(false);
        if (written >= 0 && (written != zipped.Length || checksum.Value != zipped.Crc32))
            throw new ArchiveException(ArchiveRefusalReason.Damaged, $"{shown} does not have the size or checksum that the archive says");
    }

    // The upper half of the external attributes is the Unix mode, where the maker was Unix; zero otherwise.
    private static Entry Describe(ZipArchiveEntry zipped, Crc32 checksum)
    {
        var mode = zipped.ExternalAttributes >> 16;
        var isDirectory = zipped.FullName.EndsWith('/');
        var special = (mode & TypeMask) switch
        {
            0 or TypeFile => "",
            TypeDirectory when isDirectory => "",
            TypeLink => "a link",
            _ => "a device or another special file",
        };
        if (isDirectory && zipped.Length > 0) special = "a directory with content";
        var kind = special.Length > 0 ? EntryKind.Special : isDirectory ? EntryKind.Directory : EntryKind.File;
        return new Entry(zipped.FullName, kind, (mode & OwnerExecutes) != 0, special, checksum);
    }

    // ZipArchive reads the whole directory before it can be asked; so the size of that is looked at first.
    private static void CheckCount(Stream stream, ArchiveOptions options)
    {
        var tail = new byte[Math.Min(stream.Length, EndLength + ushort.MaxValue)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        stream.Position = 0;
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (BinaryPrimitives.ReadInt32LittleEndian(end) != EndSignature) continue;
            var directory = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
            // The least an entry takes is 46 bytes; a kilobyte for each is generous. Sizes beyond 32 bits (ZIP64) read as 2^32-1.
            if (BinaryPrimitives.ReadUInt16LittleEndian(end[10..]) > options.MaxEntries || directory > options.MaxEntries * 1024L) throw TooMany(options);
            return;
        }
        throw new ArchiveException(ArchiveRefusalReason.Damaged, "the zip archive has no end; it was cut off");
    }

    private static ArchiveException TooMany(ArchiveOptions options) =>
        new(ArchiveRefusalReason.TooLarge, $"the archive has more than {options.MaxEntries} entries");
}
