using System.Collections.Concurrent;

namespace ClawGrains.Skills.Eligibility;

/// <summary>Looks programs up on a PATH and remembers the answers.</summary>
internal sealed class ProgramPath(string path)
{
    private readonly string[] _directories = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
    private readonly string[] _extensions = Extensions();
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    public bool Has(string program) => _known.GetOrAdd(program, Search);

    private bool Search(string program)
    {
        if (program.Contains('\0')) return false;
        foreach (var directory in _directories)
            foreach (var extension in _extensions)
                if (IsExecutable(Path.Join(directory, program + extension))) return true;
        return false;
    }

    private static bool IsExecutable(string file)
    {
        if (!File.Exists(file)) return false;
        if (OperatingSystem.IsWindows()) return true;
        const UnixFileMode any = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            return (File.GetUnixFileMode(file) & any) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It vanished or is closed to us: a program we cannot look at is one we cannot run.
            return false;
        }
    }

    private static string[] Extensions() => OperatingSystem.IsWindows()
        ? ["", .. (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD;.BAT;.COM").Split(';', StringSplitOptions.RemoveEmptyEntries)]
        : [""];
}
