using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ClawGrains.Components.Wasi.Filesystem;

/// <summary>A system call failed; <see cref="Code"/> is the case of <c>wasi:filesystem/types.error-code</c>.</summary>
internal sealed class FilesystemException(string code) : Exception($"filesystem error: {code}")
{
    public string Code { get; } = code;
}

/// <summary>
/// The calls relative to a directory handle, which .NET lacks and without which a path cannot be confined free of races.
/// Linux only; numbers are those of its generic and x86-64 interfaces.
/// </summary>
internal static class Posix
{
    public const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2, Create = 0x40, Exclusive = 0x80, Truncate = 0x200, Append = 0x400, NonBlocking = 0x800, CloseOnExec = 0x80000, PathOnly = 0x200000, DataSync = 0x1000, FileSync = 0x101000;
    public const int RemoveDirectory = 0x200, EmptyPath = 0x1000, NoFollowAt = 0x100;
    private const int ErrnoInterrupted = 4;
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    public static int Directory => IsArm ? 0x4000 : 0x10000;

    public static int NoFollow => IsArm ? 0x8000 : 0x20000;

    public static bool IsSupported => OperatingSystem.IsLinux();

    public static SafeFileHandle Open(string path, int flags)
    {
        var fd = Retry(() => openat(-100, Bytes(path), flags | CloseOnExec, 0));
        return new SafeFileHandle(fd, ownsHandle: true);
    }

    public static SafeFileHandle OpenAt(SafeFileHandle directory, string name, int flags, uint mode = 0x1b6) =>
        new(With(directory, fd => openat(fd, Bytes(name), flags | CloseOnExec, mode)), ownsHandle: true);

    /// <summary>The same file opened once more, under other flags.</summary>
    public static SafeFileHandle OpenAgain(SafeFileHandle file, int flags) =>
        new(With(file, fd => openat(-100, Bytes($"/proc/self/fd/{fd}"), flags | CloseOnExec, 0)), ownsHandle: true);

    public static void MakeDirectoryAt(SafeFileHandle directory, string name) => With(directory, fd => mkdirat(fd, Bytes(name), 0x1ff));

    public static void UnlinkAt(SafeFileHandle directory, string name, int flags) => With(directory, fd => unlinkat(fd, Bytes(name), flags));

    public static void RenameAt(SafeFileHandle from, string name, SafeFileHandle to, string target) =>
        With(from, a => With(to, b => renameat(a, Bytes(name), b, Bytes(target))));

    public static void LinkAt(SafeFileHandle from, string name, SafeFileHandle to, string target) =>
        With(from, a => With(to, b => linkat(a, Bytes(name), b, Bytes(target), 0)));

    public static void SymlinkAt(string content, SafeFileHandle directory, string name) =>
        With(directory, fd => symlinkat(Bytes(content), fd, Bytes(name)));

    /// <summary>The symbolic link's content, or null when the name is something else.</summary>
    public static string? TryReadLinkAt(SafeFileHandle directory, string name)
    {
        const int invalidArgument = 22;
        var buffer = new byte[4097];
        var error = 0;
        var length = Held(directory, fd =>
        {
            var n = readlinkat(fd, Bytes(name), buffer, buffer.Length);
            error = Marshal.GetLastPInvokeError();
            return (int)n;
        });
        if (length >= 0) return Encoding.UTF8.GetString(buffer, 0, length);
        return error == invalidArgument ? null : throw new FilesystemException(Errno.Name(error));
    }

    public static FileStat StatAt(SafeFileHandle directory, string name, int flags)
    {
        var buffer = new byte[256];
        const uint basicStats = 0x7ff;
        With(directory, fd => statx(fd, Bytes(name), flags, basicStats, buffer));
        return new FileStat(buffer);
    }

    public static void SetTimes(SafeFileHandle file, long[] times) => With(file, fd => futimens(fd, times));

    public static void SetTimesAt(SafeFileHandle directory, string name, long[] times) => With(directory, fd => utimensat(fd, Bytes(name), times, NoFollowAt));

    public static void Truncate64(SafeFileHandle file, long size) => With(file, fd => ftruncate(fd, size));

    public static void Sync(SafeFileHandle file, bool dataOnly) => With(file, fd => dataOnly ? fdatasync(fd) : fsync(fd));

    /// <summary>The names in a directory without <c>.</c> and <c>..</c>, with their types where the file system tells.</summary>
    public static List<(string Name, byte Type)> List(SafeFileHandle directory)
    {
        using var again = OpenAt(directory, ".", ReadOnly | Directory);
        var stream = Held(again, fd => fdopendir(dup(fd)));
        if (stream == 0) throw new FilesystemException(Errno.Name(Marshal.GetLastPInvokeError()));
        var names = new List<(string, byte)>();
        for (var entry = readdir(stream); entry != 0; entry = readdir(stream))
        {
            var name = Marshal.PtrToStringUTF8(entry + 19)!;
            if (name is not "." and not "..") names.Add((name, Marshal.ReadByte(entry + 18)));
        }
        _ = closedir(stream);
        return names;
    }

    /// <summary>Writes some of the bytes to a descriptor of the process. Throws <see cref="IOException"/>.</summary>
    public static int Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        const int wouldBlock = 11, writable = 4;
        while (true)
        {
            var written = write(descriptor, ref MemoryMarshal.GetReference(bytes), bytes.Length);
            if (written >= 0) return (int)written;
            var error = Marshal.GetLastPInvokeError();
            if (error == wouldBlock) _ = poll([new PollDescriptor { Descriptor = descriptor, Events = writable }], 1, -1);
            else if (error != ErrnoInterrupted) throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    /// <summary>
    /// Whether a descriptor came from who started the process. Where a standard stream was closed, its number soon stands
    /// for something of the runtime's own, which is closed on exec, as no inherited descriptor can be.
    /// </summary>
    public static bool IsInherited(int descriptor)
    {
        const int getFlags = 1, closeOnExec = 1;
        return (fcntl(descriptor, getFlags) & closeOnExec) == 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    private static byte[] Bytes(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new FilesystemException("invalid")
        : [.. Encoding.UTF8.GetBytes(text), 0];

    private static int With(SafeFileHandle handle, Func<int, int> call) => Held(handle, fd => Retry(() => call(fd)));

    private static T Held<T>(SafeFileHandle handle, Func<int, T> call)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return call((int)handle.DangerousGetHandle());
        }
        finally
        {
            if (added) handle.DangerousRelease();
        }
    }

    private static int Retry(Func<int> call)
    {
        while (true)
        {
            var result = call();
            if (result >= 0) return result;
            var error = Marshal.GetLastPInvokeError();
            if (error != ErrnoInterrupted) throw new FilesystemException(Errno.Name(error));
        }
    }

#pragma warning disable IDE1006, SYSLIB1054 // The names are libc's; marshalling at run time keeps unsafe code out.
    [DllImport("libc", SetLastError = true)]
    private static extern int openat(int directory, byte[] path, int flags, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern nint write(int file, ref byte bytes, nint length);

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int file, int command);

    [DllImport("libc", SetLastError = true)]
    private static extern int poll(PollDescriptor[] descriptors, nuint count, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    private static extern int mkdirat(int directory, byte[] path, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlinkat(int directory, byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int renameat(int from, byte[] name, int to, byte[] target);

    [DllImport("libc", SetLastError = true)]
    private static extern int linkat(int from, byte[] name, int to, byte[] target, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int symlinkat(byte[] content, int directory, byte[] name);

    [DllImport("libc", SetLastError = true)]
    private static extern nint readlinkat(int directory, byte[] name, byte[] buffer, nint size);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int directory, byte[] name, int flags, uint mask, byte[] buffer);

    [DllImport("libc", SetLastError = true)]
    private static extern int futimens(int file, long[] times);

    [DllImport("libc", SetLastError = true)]
    private static extern int utimensat(int directory, byte[] name, long[] times, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int ftruncate(int file, long size);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern int dup(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern nint fdopendir(int file);

    [DllImport("libc", SetLastError = true)]
    private static extern nint readdir(nint stream);

    [DllImport("libc", SetLastError = true)]
    private static extern int closedir(nint stream);
#pragma warning restore IDE1006, SYSLIB1054
}

/// <summary>Linux error numbers as WASI's error codes.</summary>
internal static class Errno
{
    public static string Name(int errno) => errno switch
    {
        1 => "not-permitted", 2 => "no-entry", 4 => "interrupted", 5 => "io", 6 => "no-such-device", 9 => "bad-descriptor",
        11 => "would-block", 12 => "insufficient-memory", 13 => "access", 16 => "busy", 17 => "exist", 18 => "cross-device",
        19 => "no-device", 20 => "not-directory", 21 => "is-directory", 22 => "invalid", 25 => "no-tty", 26 => "text-file-busy",
        27 => "file-too-large", 28 => "insufficient-space", 29 => "invalid-seek", 30 => "read-only", 31 => "too-many-links",
        32 => "pipe", 35 => "deadlock", 36 => "name-too-long", 37 => "no-lock", 39 => "not-empty", 40 => "loop", 75 => "overflow",
        84 => "illegal-byte-sequence", 95 => "unsupported", 122 => "quota", _ => "io",
    };
}
