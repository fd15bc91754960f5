using System.Collections.Immutable;
using ClawGrains.Contracts;
using ClawGrains.Interfaces;

namespace ClawGrains.Grains.Skills;

/// <summary>The files beside a <c>SKILL.md</c>, as clients may read them. Links are not followed.</summary>
internal static class SkillDirectory
{
    /// <summary>The content of a file below a directory, or null where there is no such regular file.</summary>
    /// <exception cref="PluginException">The file is larger than <see cref="SkillFile.MaxReadBytes"/>.</exception>
    public static async Task<ImmutableArray<byte>?> ReadAsync(string directory, string path, CancellationToken cancellationToken)
    {
        if (Locate(directory, path) is not { } file) return null;
        if (file.Length > SkillFile.MaxReadBytes)
            throw new PluginException(new PluginError(PluginErrorKind.ResourceExhausted,
                $"{path} has {file.Length} bytes; at most {SkillFile.MaxReadBytes} are read.", ExhaustedResource.Size));
        if (file.Length == 0) return [];
        return ImmutableArray.Create(await File.ReadAllBytesAsync(file.FullName, cancellationToken));
    }

    // Every step of the way must be a plain directory, so that no link leads out.
    private static FileInfo? Locate(string directory, string path)
    {
        var parts = path.Split('/');
        if (parts.Any(p => p is "" or "." or ".." || p.Contains('\\', StringComparison.Ordinal) || p.Contains('\0', StringComparison.Ordinal))) return null;
        var at = directory;
        foreach (var part in parts[..^1])
        {
            at = Path.Combine(at, part);
            if (new DirectoryInfo(at) is not { Exists: true, LinkTarget: null }) return null;
        }
        var file = new FileInfo(Path.Combine(at, parts[^1]));
        return file is { Exists: true, LinkTarget: null } && !file.Attributes.HasFlag(FileAttributes.Device) ? file : null;
    }
}
