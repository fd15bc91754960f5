using System.Runtime.InteropServices;

namespace ClawGrains.Wasm.Runtime;

/// <summary>
/// Tells whether a thread has ended, at the cost of reading a number. The system's own destructor of thread-specific
/// data sets it, before the thread's stack can become another's. Linux only.
/// </summary>
internal static unsafe partial class ThreadEnd
{
    // A semaphore of the C library: no more than this in any.
    private const nuint CellBytes = 64;

    private static readonly uint? Key = CreateKey();

    [ThreadStatic] private static int* cell;

    /// <summary>A cell that is 0 while the current thread lives, and never again. Null where there is no such thing.</summary>
    public static int* Cell => cell == null && Key is { } key ? Watch(key) : cell;

    // The cell outlives the thread for good: whoever asks later must still read that it has ended.
    private static int* Watch(uint key)
    {
        var fresh = NativeMemory.AllocZeroed(CellBytes);
        if (pthread_setspecific(key, fresh) == 0) return cell = (int*)fresh;
        NativeMemory.Free(fresh);
        return null;
    }

    // Posting a semaphore nobody waits for adds one to its first number: a destructor that is no managed code.
    private static uint? CreateKey()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return null;
        if (!NativeLibrary.TryLoad("libc", typeof(ThreadEnd).Assembly, null, out var library)) return null;
        if (!NativeLibrary.TryGetExport(library, "sem_post", out var post)) return null;
        return pthread_key_create(out var key, post) == 0 ? key : null;
    }

    [DllImport("libc")]
    private static extern int pthread_key_create(out uint key, nint destructor);

    [DllImport("libc")]
    private static extern int pthread_setspecific(uint key, void* value);
}
