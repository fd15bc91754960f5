namespace ClawGrains.Skills.Archives;

/// <summary>What an entry is, as far as it matters.</summary>
internal enum EntryKind
{
    File,
    Directory,
    Special,
}

/// <summary>An entry as both formats have it.</summary>
/// <param name="Name">The path as the archive has it.</param>
/// <param name="Kind">File, directory or else.</param>
/// <param name="IsExecutable">Whether its owner may run it.</param>
/// <param name="Special">What it is where it is neither file nor directory.</param>
/// <param name="Checksum">Sees the content while it is written, where the format has a checksum.</param>
internal sealed record Entry(string Name, EntryKind Kind, bool IsExecutable, string Special = "", Crc32? Checksum = null);

/// <summary>
/// Writes entries below one fresh directory. As it makes no links and the directory is its own, a path of checked components
/// cannot lead out of it.
/// </summary>
internal sealed class Unpacker(string directory, ArchiveOptions options, Action<int, long> progress)
{
    private const int BufferSize = 64 * 1024;
    private readonly EntryTable _table = new();
    private readonly string[] _below = options.Below?.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _entries;

    public int Files { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Takes one entry; <paramref name="content"/> is asked for only if it is written.</summary>
    /// <returns>The bytes written, or -1 where the entry was passed over or is a directory.</returns>
    public async Task<long> AddAsync(Entry entry, Func<Stream?> content, CancellationToken cancellationToken)
    {
        if (++_entries > options.MaxEntries) throw TooLarge($"the archive has more than {options.MaxEntries} entries");
        if (!IsBelow(entry.Name)) return -1;
        var shown = EntryName.Show(entry.Name);
        var parts = EntryName.Split(entry.Name)[_below.Length..];
        if (parts.Length == 0 || IsMacTrace(parts)) return -1;
        if (entry.Kind == EntryKind.Special) throw new ArchiveException(ArchiveRefusalReason.SpecialFile, $"{shown} is {entry.Special}");
        if (parts.Length > options.MaxDepth + 1) throw TooLarge($"{shown} lies more than {options.MaxDepth} directories deep");
        _table.Add(parts, entry.Kind == EntryKind.Directory, shown);
        var path = Path.Combine([directory, .. parts]);
        if (entry.Kind == EntryKind.Directory) Directory.CreateDirectory(path);
        else return await WriteAsync(path, entry, content(), cancellationToken).ConfigureAwait(false);
        return -1;
    }

    private bool IsBelow(string name)
    {
        if (_below.Length == 0) return true;
        var path = name;
        while (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        var parts = path.TrimEnd('/').Split('/');
        return parts.Length >= _below.Length && !_below.Where((below, i) => below != "*" && below != parts[i]).Any();
    }

    // What macOS adds to archives is none of the author's.
    private static bool IsMacTrace(string[] parts) =>
        parts[0] == "__MACOSX" || parts[^1] == ".DS_Store" || parts[^1].StartsWith("._", StringComparison.Ordinal);

    private async Task<long> WriteAsync(string path, Entry entry, Stream? content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        long written = 0;
        await using var output = Create(path, entry.IsExecutable);
        if (content is not null)
            await using (content.ConfigureAwait(false))
                written = await CopyAsync(content, output, entry.Checksum, cancellationToken).ConfigureAwait(false);
        Files++;
        progress(Files, Bytes);
        return written;
    }

    private async Task<long> CopyAsync(Stream content, FileStream output, Crc32? checksum, CancellationToken cancellationToken)
    {
        long written = 0;
        while (await content.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            Bytes += read;
            if (Bytes > options.MaxBytes) throw TooLarge($"the archive unpacks to more than {options.MaxBytes} bytes");
            checksum?.Append(_buffer.AsSpan(0, read));
            await output.WriteAsync(_buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            written += read;
        }
        return written;
    }

    private static FileStream Create(string path, bool executable)
    {
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | (executable ? UnixFileMode.UserExecute : 0);
        return new FileStream(path, file);
    }

    private static ArchiveException TooLarge(string message) => new(ArchiveRefusalReason.TooLarge, message);
}
