using System.Formats.Tar;

namespace ClawGrains.Skills.Archives;

/// <summary>Unpacks a tar archive: v7, ustar, pax and GNU.</summary>
internal static class TarReading
{
    private const int Block = 512;

    /// <summary>Whether a block is a header: its sum is right.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block)
    {
        if (block.Length < Block) return false;
        var sum = 8 * ' ';
        for (var i = 0; i < Block; i++)
            if (i is < 148 or >= 156) sum += block[i];
        long stored = 0;
        foreach (var b in block[148..156])
            if (b is >= (byte)'0' and <= (byte)'7') stored = stored * 8 + (b - '0');
            else if (stored > 0) break;
        return stored == sum;
    }

    /// <returns>The comment of the global header, where there is one: git writes the commit there.</returns>
    public static async Task<string?> ReadAsync(GuardedStream stream, Unpacker unpacker, CancellationToken cancellationToken)
    {
        string? comment = null;
        await using (var reader = new TarReader(stream, leaveOpen: true))
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                if (entry is PaxGlobalExtendedAttributesTarEntry global) comment ??= global.GlobalExtendedAttributes.GetValueOrDefault("comment");
                else await unpacker.AddAsync(Describe(entry), () => entry.DataStream, cancellationToken).ConfigureAwait(false);
        await DrainAsync(stream, cancellationToken).ConfigureAwait(false);
        return comment;
    }

    // An archive ends with two empty blocks; that they are missing is all there is to tell that one was cut off between files.
    private static async Task DrainAsync(GuardedStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[Block * 16];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0) cancellationToken.ThrowIfCancellationRequested();
        if (stream.TrailingZeros < Block * 2) throw new ArchiveException(ArchiveRefusalReason.Damaged, "the tar archive has no end; it was cut off");
    }

    private static Entry Describe(TarEntry entry)
    {
        var (kind, special) = entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => (EntryKind.File, ""),
            TarEntryType.Directory or TarEntryType.DirectoryList => (EntryKind.Directory, ""),
            TarEntryType.SymbolicLink or TarEntryType.HardLink => (EntryKind.Special, "a link"),
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => (EntryKind.Special, "a device"),
            TarEntryType.Fifo => (EntryKind.Special, "a pipe"),
            _ => (EntryKind.Special, $"of the unsupported type {entry.EntryType}"),
        };
        return new Entry(entry.Name, kind, (entry.Mode & UnixFileMode.UserExecute) != 0, special);
    }
}
