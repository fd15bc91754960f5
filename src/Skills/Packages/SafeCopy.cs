namespace ClawGrains.Skills.Packages;

/// <summary>Copies one regular file, its bytes and whether its owner may run it, nothing else.</summary>
internal static class SafeCopy
{
    public static long File(string source, string target, long limit)
    {
        var info = new FileInfo(source);
        if (info.LinkTarget is not null) throw new IOException($"{source} became a link while it was being copied");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // Pipes and devices have no length; reading them could wait for ever.
        if (info.Length == 0)
        {
            using var empty = Create(target, executable: false);
            return 0;
        }
        using var input = info.OpenRead();
        if (input.Length > limit) throw new IOException($"{source} grew beyond the size limit while it was being copied");
        using var output = Create(target, IsExecutable(info));
        input.CopyTo(output);
        return input.Length;
    }

    private static FileStream Create(string path, bool executable)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = executable ? Read | Write | Execute : Read | Write;
        return new FileStream(path, options);
    }

    private static bool IsExecutable(FileInfo info) =>
        !OperatingSystem.IsWindows() && (info.UnixFileMode & UnixFileMode.UserExecute) != 0;

    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Write = UnixFileMode.UserWrite;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
