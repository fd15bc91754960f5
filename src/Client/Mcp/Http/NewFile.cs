using System.Runtime.InteropServices;

namespace ClawGrains.Client.Mcp.Http;

/// <summary>Gives a file that is ready its name, which nobody else may have taken.</summary>
internal static class NewFile
{
    private const int Exists = 17;

    /// <summary>Moves a file to a name. False where something has that name; the file is gone then.</summary>
    /// <exception cref="IOException">It could not be moved.</exception>
    public static bool TryMove(string from, string to)
    {
        try
        {
            return OperatingSystem.IsWindows() ? TryRename(from, to) : TryLink(from, to);
        }
        finally
        {
            File.Delete(from);
        }
    }

    private static bool TryRename(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    // A rename would take the place of what came between the look and it; a second name is given or is not.
    private static bool TryLink(string from, string to)
    {
        if (link(from, to) == 0) return true;
        if (Marshal.GetLastPInvokeError() == Exists) return false;
        // A file system without links, as some of networks are.
        return TryRename(from, to);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
