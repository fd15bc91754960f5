using System.Diagnostics;

namespace ClawGrains.Wasm.Bench;

/// <summary>Where runs take place: on one processor after the other, of those this process may use.</summary>
internal static class Processors
{
    private static readonly Process Self = Process.GetCurrentProcess();
    private static readonly nint All = OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? Self.ProcessorAffinity : 0;

    private static readonly nint[] Each =
        [.. Enumerable.Range(0, nint.Size * 8).Select(i => (nint)1 << i).Where(mask => (All & mask) != 0)];

    /// <summary>Holds the first thread of a process to the processor whose turn it is. Does nothing where that can't be asked for.</summary>
    public static void Pin(Process process, int turn)
    {
        if (Each.Length > 0) Set(process, Each[turn % Each.Length]);
    }

    /// <summary>Lets this process use all of them again, and so those it starts.</summary>
    public static void Free()
    {
        if (Each.Length > 0) Set(Self, All);
    }

    private static void Set(Process process, nint mask)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) process.ProcessorAffinity = mask;
    }
}
