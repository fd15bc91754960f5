using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Execution;
using ClawGrains.Sandbox.Permissions;
using Microsoft.Win32.SafeHandles;

namespace ClawGrains.Sandbox.Files;

/// <summary>
/// Reads and writes files of a workspace. A path is walked one directory handle at a time and no link is ever followed,
/// so what was checked is what is opened, whatever others rename meanwhile. Linux only; refuses everything elsewhere.
/// </summary>
public static class GuardedFiles
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file, which must be UTF-8.</summary>
    public static HostResult<string> Read(CallScope scope, string path)
    {
        if (Locate(scope, path, write: false, out var inside) is { } refusal) return HostResult<string>.Deny(refusal);
        using var directory = Walk(scope.Workspace, inside, create: false, out var name, out var why);
        if (directory is null) return Refuse<string>(why, path);
        using var file = LinuxFiles.OpenForReading(directory, name, out why);
        if (file is null) return Refuse<string>(why, path);
        var facts = LinuxFiles.Facts(file);
        if (!facts.IsRegular) return HostResult<string>.Deny("not a regular file");
        if (facts.Links > 1) return HostResult<string>.Deny("hard link: the file has other names");
        return facts.Size > scope.Limits.ReadBytes ? TooLarge<string>(scope.Limits.ReadBytes) : ReadAll(file, scope.Limits.ReadBytes);
    }

    /// <summary>Replaces a file as a whole, making the directories on the way: readers see the old text or the new.</summary>
    public static HostResult<bool> Write(CallScope scope, string path, string content)
    {
        if (Locate(scope, path, write: true, out var inside) is { } refusal) return HostResult<bool>.Deny(refusal);
        if (inside.Length == 0) return HostResult<bool>.Deny("not a regular file");
        if (Encoding.UTF8.GetByteCount(content) > scope.Limits.WriteBytes) return TooLarge<bool>(scope.Limits.WriteBytes);
        using var directory = Walk(scope.Workspace, inside, create: true, out var name, out var why);
        if (directory is null) return Refuse<bool>(why, path);
        if (WhyNotReplaceable(directory, name) is { } kept) return HostResult<bool>.Deny(kept);
        return Replace(directory, name, Encoding.UTF8.GetBytes(content));
    }

    private static string? Locate(CallScope scope, string path, bool write, out string inside)
    {
        inside = "";
        if (!OperatingSystem.IsLinux()) return "filesystem access is offered on Linux only";
        if (scope.Permissions.Filesystem.IsEmpty) return Denials.NoFilesystem;
        if (path.Contains('\0', StringComparison.Ordinal) || path.Length > 4096) return "not a path";
        var workspace = scope.Workspace.TrimEnd('/') + "/";
        if (path.StartsWith(workspace, StringComparison.Ordinal)) path = path[workspace.Length..];
        if (path.StartsWith('/') || FilePattern.Normalize(path) is not { } normal) return Denials.Path;
        inside = normal;
        return scope.Permissions.Filesystem.Any(f => FilePattern.TryParse(f, out var p) && p.Matches(normal, write))
            ? null
            : write ? Denials.WritePath : Denials.Path;
    }

    /// <summary>Opens the directory that holds the last name of a path.</summary>
    private static SafeFileHandle? Walk(string workspace, string path, bool create, out string name, out int why)
    {
        var parts = path.Split('/');
        (name, why) = (parts[^1].Length == 0 ? "." : parts[^1], 0);
        var at = LinuxFiles.OpenRoot(workspace);
        foreach (var part in parts[..^1])
        {
            var next = LinuxFiles.OpenDirectory(at, part, out why);
            if (next is null && create && why == LinuxFiles.NotFound && LinuxFiles.MakeDirectory(at, part)) next = LinuxFiles.OpenDirectory(at, part, out why);
            // Of a link to a directory Linux says only that it is no directory.
            if (next is null && why == LinuxFiles.NotDirectory && IsLink(at, part)) why = LinuxFiles.TooManyLinks;
            at.Dispose();
            if (next is null) return null;
            at = next;
        }
        return at;
    }

    private static bool IsLink(SafeFileHandle at, string name)
    {
        using var named = LinuxFiles.OpenName(at, name, out _);
        return named is not null && LinuxFiles.Facts(named).IsLink;
    }

    private static string? WhyNotReplaceable(SafeFileHandle directory, string name)
    {
        using var present = LinuxFiles.OpenName(directory, name, out _);
        if (present is null) return null;
        var facts = LinuxFiles.Facts(present);
        return facts.IsLink ? "symlink" : !facts.IsRegular ? "not a regular file" : facts.Links > 1 ? "hard link: the file has other names" : null;
    }

    private static HostResult<bool> Replace(SafeFileHandle directory, string name, byte[] content)
    {
        var temporary = $".{Guid.NewGuid():n}.tmp";
        using var file = LinuxFiles.CreateNew(directory, temporary, out var why);
        if (file is null) return Refuse<bool>(why, name);
        try
        {
            RandomAccess.Write(file, content, 0);
            RandomAccess.FlushToDisk(file);
            if (LinuxFiles.Replace(directory, temporary, name)) return HostResult<bool>.Ok(true);
        }
        catch (IOException)
        {
            LinuxFiles.Remove(directory, temporary);
            return HostResult<bool>.Failed(PluginErrorKind.Internal, "the file could not be written");
        }
        LinuxFiles.Remove(directory, temporary);
        return HostResult<bool>.Deny("not a regular file");
    }

    private static HostResult<string> ReadAll(SafeFileHandle file, int limit)
    {
        // The file may grow meanwhile: one byte more than the limit is asked for.
        using var text = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = RandomAccess.Read(file, buffer, text.Length)) > 0;)
        {
            text.Write(buffer, 0, read);
            if (text.Length > limit) return TooLarge<string>(limit);
        }
        try
        {
            return HostResult<string>.Ok(Strict.GetString(text.GetBuffer(), 0, (int)text.Length));
        }
        catch (DecoderFallbackException)
        {
            return HostResult<string>.Failed(PluginErrorKind.InvalidArguments, "the file is not UTF-8 text");
        }
    }

    private static HostResult<T> TooLarge<T>(int limit) => HostResult<T>.Exceeded(ExhaustedResource.Size, $"file too large: more than {limit} bytes");

    private static HostResult<T> Refuse<T>(int error, string path) => error switch
    {
        LinuxFiles.TooManyLinks => HostResult<T>.Deny("symlink"),
        LinuxFiles.NotFound => HostResult<T>.Failed(PluginErrorKind.NotFound, $"no such file: {path}"),
        LinuxFiles.NotDirectory or LinuxFiles.NoSuchDevice => HostResult<T>.Deny("not a regular file"),
        _ => HostResult<T>.Deny($"the file can't be opened (errno {error})"),
    };
}
