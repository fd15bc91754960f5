using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClawGrains.Skills.Watching;

/// <summary>
/// What changes when a file does. With the inode and the time of the last change to it, a file that was put in place of one of
/// the same size and time is told apart, as archives with fixed times produce them.
/// </summary>
internal readonly record struct FileStamp(long Inode, long Length, long Modified, long Changed)
{
    /// <summary>
    /// How long after a change its time tells nothing: another may follow within the same tick of the file system's clock,
    /// which is two seconds on the coarsest.
    /// </summary>
    public static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    private const int CurrentDirectory = -100;
    private const int BasicStats = 0x7ff;
    private const int DoNotFollow = 0x100;
    private const int Size = 256;
    private static readonly bool HasStatx = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc", out var libc) && NativeLibrary.TryGetExport(libc, "statx", out _);

    /// <summary>When it changed last, as far as the file system tells.</summary>
    public DateTime At => HasStatx ? DateTime.UnixEpoch.AddTicks(Changed / 100) : new DateTime(Math.Clamp(Math.Max(Modified, Changed), 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    /// <summary>The stamp, or null where there is no such file. A link is not followed unless told so.</summary>
    public static FileStamp? Of(string path, bool follow = false) =>
        HasStatx ? Linux(path, follow) : Portable(path, follow);

    // Offsets of struct statx, the same on every architecture: ino 32, size 40, ctime 96, mtime 112 (statx(2)).
    private static FileStamp? Linux(string path, bool follow)
    {
        var buffer = new byte[Size];
        if (statx(CurrentDirectory, path, follow ? 0 : DoNotFollow, BasicStats, buffer) != 0) return null;
        return new FileStamp(Number(buffer, 32), Number(buffer, 40), Time(buffer, 112), Time(buffer, 96));
    }

    private static FileStamp? Portable(string path, bool follow)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (follow && info.LinkTarget is not null) info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        return info.Exists
            ? new FileStamp(0, info is FileInfo file ? file.Length : 0, info.LastWriteTimeUtc.Ticks, info.CreationTimeUtc.Ticks)
            : null;
    }

    private static long Number(byte[] buffer, int offset) => BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(offset));

    private static long Time(byte[] buffer, int offset) =>
        unchecked(Number(buffer, offset) * 1_000_000_000 + BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(offset + 8)));

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] buffer);
}
