using System.Buffers.Binary;
using System.IO.Compression;

namespace ClawGrains.Skills.Archives;

/// <summary>
/// Unpacks <c>.zip</c>, <c>.skill</c>, <c>.tar</c>, <c>.tar.gz</c> and <c>.tgz</c>, told apart by their content, into a fresh
/// directory. The archive is taken for hostile: paths that lead out, links, devices, encrypted entries, names that collide or
/// deceive, and bombs refuse it as a whole. Archives within the archive are files like any other.
/// </summary>
public static class ArchiveExtractor
{
    private const int Header = 512;
    private const long Slack = 1 << 20;
    // Room that headers and padding take beside the content, for each entry.
    private const long Overhead = 4 * 512;
    // What is passed over with ArchiveOptions.Below may be this many times what may be unpacked.
    private const int PassedOver = 16;

    /// <summary>Unpacks <paramref name="archive"/> into a new directory below <paramref name="parent"/>.</summary>
    /// <exception cref="IOException">The archive cannot be read, or the directory not written.</exception>
    /// <exception cref="UnauthorizedAccessException">The archive cannot be read, or the directory not written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left.</exception>
    public static async Task<ArchiveResult> ExtractAsync(
        string archive, string parent, ArchiveOptions? options = null, IProgress<ArchiveProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(archive);
        ArgumentException.ThrowIfNullOrEmpty(parent);
        var directory = Path.Combine(Path.GetFullPath(parent), $".unpack-{Guid.NewGuid():N}");
        await using var file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);
        CreatePrivate(directory);
        ArchiveResult? result = null;
        try
        {
            return result = await ExtractAsync(file, directory, options ?? ArchiveOptions.Default, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (result is not { Succeeded: true }) Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<ArchiveResult> ExtractAsync(
        FileStream file, string directory, ArchiveOptions options, IProgress<ArchiveProgress>? progress, CancellationToken cancellationToken)
    {
        var unpacker = new Unpacker(directory, options, (files, bytes) => progress?.Report(new ArchiveProgress(files, bytes, file.Position, file.Length)));
        try
        {
            if (file.Length > options.MaxArchiveBytes) throw TooLarge($"the archive has {file.Length} bytes; {options.MaxArchiveBytes} are allowed");
            var comment = await ReadAsync(file, unpacker, options, cancellationToken).ConfigureAwait(false);
            if (unpacker.Files == 0)
                throw new ArchiveException(ArchiveRefusalReason.Empty, options.Below is { } below ? $"the archive holds no files below {EntryName.Show(below)}" : "the archive holds no files");
            return new ArchiveResult { Directory = directory, Files = unpacker.Files, Bytes = unpacker.Bytes, Comment = string.IsNullOrEmpty(comment) ? null : comment };
        }
        catch (ArchiveException e)
        {
            return new ArchiveResult { Refusal = e.Refusal };
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException)
        {
            return new ArchiveResult { Refusal = new ArchiveRefusal(ArchiveRefusalReason.Damaged, $"the archive is damaged: {e.Message}") };
        }
    }

    private static async Task<string?> ReadAsync(FileStream file, Unpacker unpacker, ArchiveOptions options, CancellationToken cancellationToken)
    {
        var start = new byte[Header];
        var length = await file.ReadAtLeastAsync(start, Header, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        file.Position = 0;
        if (start is [(byte)'P', (byte)'K', 3 or 5 or 7, ..]) return await ZipReader.ReadAsync(file, unpacker, options, cancellationToken).ConfigureAwait(false);
        if (start is [0x1f, 0x8b, 8, ..]) return await ReadGzipAsync(file, unpacker, options, cancellationToken).ConfigureAwait(false);
        if (!TarReading.IsHeader(start.AsSpan(0, length)))
            throw new ArchiveException(ArchiveRefusalReason.UnknownFormat, "the file is no zip, tar or gzipped tar archive");
        return await TarReading.ReadAsync(Guard(file, long.MaxValue / options.MaxRatio / 2, options), unpacker, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string?> ReadGzipAsync(FileStream file, Unpacker unpacker, ArchiveOptions options, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var guarded = Guard(gzip, file.Length, options);
        var comment = await TarReading.ReadAsync(guarded, unpacker, cancellationToken).ConfigureAwait(false);
        // The stream checks a trailer (RFC 1952, 2.3.1) but does not miss one. Its last field is the length.
        var length = new byte[4];
        file.Position = file.Length - length.Length;
        await file.ReadExactlyAsync(length, cancellationToken).ConfigureAwait(false);
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != unchecked((uint)guarded.Position))
            throw new ArchiveException(ArchiveRefusalReason.Damaged, "the gzip file has no end, or something follows it");
        return comment;
    }

    private static GuardedStream Guard(Stream stream, long packed, ArchiveOptions options)
    {
        var byRatio = packed * options.MaxRatio + Slack;
        var bySize = (options.Below is null ? options.MaxBytes : options.MaxBytes * PassedOver) + options.MaxEntries * Overhead + Slack;
        return byRatio < bySize
            ? new GuardedStream(stream, byRatio, $"the archive unpacks to more than {options.MaxRatio} times its size")
            : new GuardedStream(stream, bySize, $"the archive unpacks to more than {options.MaxBytes} bytes");
    }

    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static ArchiveException TooLarge(string message) => new(ArchiveRefusalReason.TooLarge, message);
}
