using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClawGrains.Sandbox.Files;

/// <summary>What Linux knows of an open file.</summary>
internal readonly record struct FileFacts(bool IsRegular, bool IsDirectory, bool IsLink, uint Links, long Size);

/// <summary>The system calls that .NET does not offer: opening below a directory handle without following links.</summary>
internal static unsafe partial class LinuxFiles
{
    public const int NotFound = 2;
    public const int NotDirectory = 20;
    public const int TooManyLinks = 40;
    public const int NoSuchDevice = 6;

    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;
    private const int EmptyPath = 0x1000;

    // The two flags whose values differ between the architectures that .NET runs on.
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int NoFollow = Arm ? 0x8000 : 0x20000;
    private static readonly int DirectoryOnly = Arm ? 0x4000 : 0x10000;

    /// <summary>The workspace itself; links on the way to it are the operator's and are followed.</summary>
    public static SafeFileHandle OpenRoot(string path) => Checked(Open(path, DirectoryOnly | CloseOnExec, 0));

    public static SafeFileHandle? OpenDirectory(SafeFileHandle at, string name, out int error) => At(at, name, DirectoryOnly | NoFollow | CloseOnExec, out error);

    public static SafeFileHandle? OpenForReading(SafeFileHandle at, string name, out int error) => At(at, name, NoFollow | NonBlocking | CloseOnExec, out error);

    /// <summary>A handle that only names the file, links included.</summary>
    public static SafeFileHandle? OpenName(SafeFileHandle at, string name, out int error) => At(at, name, PathOnly | NoFollow | CloseOnExec, out error);

    public static SafeFileHandle? CreateNew(SafeFileHandle at, string name, out int error) => At(at, name, WriteOnly | Create | Exclusive | NoFollow | CloseOnExec, out error);

    public static bool MakeDirectory(SafeFileHandle at, string name) => mkdirat(at, name, 0x1C0) == 0;

    public static bool Replace(SafeFileHandle at, string from, string to) => renameat(at, from, at, to) == 0;

    public static void Remove(SafeFileHandle at, string name) => unlinkat(at, name, 0);

    public static FileFacts Facts(SafeFileHandle file)
    {
        var buffer = stackalloc byte[256];
        if (statx(file, "", EmptyPath, 0x7FF, buffer) != 0) throw new IOException($"statx failed with {Marshal.GetLastPInvokeError()}");
        var type = *(ushort*)(buffer + 28) & 0xF000;
        return new FileFacts(type == 0x8000, type == 0x4000, type == 0xA000, *(uint*)(buffer + 16), *(long*)(buffer + 40));
    }

    private static SafeFileHandle? At(SafeFileHandle at, string name, int flags, out int error)
    {
        var file = openat(at, name, flags, 0x180);
        error = file < 0 ? Marshal.GetLastPInvokeError() : 0;
        return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
    }

    private static int Open(string path, int flags, int mode) => open(path, flags, mode);

    private static SafeFileHandle Checked(int file) =>
        file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : throw new DirectoryNotFoundException($"The workspace can't be opened (errno {Marshal.GetLastPInvokeError()}).");

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int openat(SafeFileHandle at, string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mkdirat(SafeFileHandle at, string path, int mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat(SafeFileHandle from, string old, SafeFileHandle to, string fresh);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unlinkat(SafeFileHandle at, string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle at, string path, int flags, uint mask, byte* buffer);
}
