using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>Where the current thread's stack ends, asked from the operating system once per thread.</summary>
internal static unsafe partial class ThreadStack
{
    /// <summary>
    /// Kept free below every guest frame: for frames smaller than <see cref="LargeFrame"/>, which are checked after
    /// they are laid out, for host functions, and for the runtime's own needs (exceptions, compiling on a fresh thread).
    /// </summary>
    public const int Reserve = 256 << 10;

    /// <summary>Functions whose frame may be larger are checked before they are entered.</summary>
    public const int LargeFrame = 64 << 10;

    [ThreadStatic] private static nuint limit;
    [ThreadStatic] private static nuint size;

    /// <summary>The lowest address a guest frame may begin at.</summary>
    public static nuint Limit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => limit != 0 ? limit : Find();
    }

    /// <summary>How far the stack reaches above <see cref="Limit"/>, once that was asked for; 0 when the system doesn't tell.</summary>
    public static nuint Size => size;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nuint Find()
    {
        byte here;
        limit = Lowest((nuint)(&here)) + Reserve;
        return limit;
    }

    private static nuint Lowest(nuint here)
    {
        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out var low, out _);
            return low;
        }
        if (OperatingSystem.IsMacOS())
        {
            var self = pthread_self();
            return pthread_get_stackaddr_np(self) - pthread_get_stacksize_np(self);
        }
        return LinuxLowest(here);
    }

    private static nuint LinuxLowest(nuint here)
    {
        // pthread_attr_t is 56 bytes with glibc and musl on 64-bit machines; there is room to spare.
        var attributes = stackalloc byte[256];
        if (pthread_getattr_np(pthread_self(), attributes) != 0) return here - (512 << 10);
        var failed = pthread_attr_getstack(attributes, out var low, out var bytes) != 0;
        pthread_attr_destroy(attributes);
        if (failed) return here - (512 << 10);
        // A main thread with an unlimited stack: the mapping grows, but only the usual size is counted on.
        var counted = Math.Min(bytes, 64 << 20);
        size = counted > Reserve ? counted - Reserve : 0;
        return low + bytes - counted;
    }

    [DllImport("kernel32")]
    private static extern void GetCurrentThreadStackLimits(out nuint low, out nuint high);

    [DllImport("libc")]
    private static extern nuint pthread_self();

    [DllImport("libc")]
    private static extern nuint pthread_get_stackaddr_np(nuint thread);

    [DllImport("libc")]
    private static extern nuint pthread_get_stacksize_np(nuint thread);

    [DllImport("libc")]
    private static extern int pthread_getattr_np(nuint thread, byte* attributes);

    [DllImport("libc")]
    private static extern int pthread_attr_getstack(byte* attributes, out nuint address, out nuint size);

    [DllImport("libc")]
    private static extern int pthread_attr_destroy(byte* attributes);
}
