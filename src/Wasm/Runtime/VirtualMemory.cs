using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Address space that costs nothing until it is touched, and reads as zero.</summary>
internal static unsafe partial class VirtualMemory
{
    private const int ReadWrite = 3, PrivateAnonymousLinux = 0x22 | 0x4000, PrivateAnonymousMac = 0x1002 | 0x40;
    private const int DontNeed = 4;

    /// <summary>Reserves, or returns null.</summary>
    public static byte* Reserve(nuint size)
    {
        if (OperatingSystem.IsWindows()) return VirtualAlloc(null, size, 0x2000, 0x04);
        var flags = OperatingSystem.IsMacOS() ? PrivateAnonymousMac : PrivateAnonymousLinux;
        var address = mmap(null, size, ReadWrite, flags, -1, 0);
        return address == (byte*)-1 ? null : address;
    }

    /// <summary>Makes a reserved range usable; false when the system refuses.</summary>
    public static bool Commit(byte* address, nuint size) =>
        size == 0 || !OperatingSystem.IsWindows() || VirtualAlloc(address, size, 0x1000, 0x04) != null;

    public static void Release(byte* address, nuint size)
    {
        if (OperatingSystem.IsWindows()) VirtualFree(address, 0, 0x8000);
        else munmap(address, size);
    }

    /// <summary>Zeroes whole pages of the operating system; gives them back to it where that is the cheaper way.</summary>
    public static void Zero(byte* address, nuint size)
    {
        if (size >= 256 << 10 && OperatingSystem.IsLinux() && (nuint)address % 4096 == 0 && size % 4096 == 0 && madvise(address, size, DontNeed) == 0) return;
        NativeMemory.Clear(address, size);
    }

    [DllImport("libc")]
    private static extern byte* mmap(byte* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc")]
    private static extern int munmap(byte* address, nuint length);

    [DllImport("libc")]
    private static extern int madvise(byte* address, nuint length, int advice);

    [DllImport("kernel32")]
    private static extern byte* VirtualAlloc(byte* address, nuint size, uint type, uint protection);

    [DllImport("kernel32")]
    private static extern int VirtualFree(byte* address, nuint size, uint type);
}
