using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ClawGrains.Contracts;
using ClawGrains.Sandbox.Permissions;

namespace ClawGrains.Sandbox.Packages;

/// <summary>The files of a plugin, by their path inside it, in memory: at most what <see cref="PackageLimits"/> permit.</summary>
public sealed class PluginPackage
{
    private PluginPackage(ImmutableSortedDictionary<string, byte[]> files)
    {
        Files = files;
        Hash = HashOf(files);
    }

    /// <summary>The files, in ordinal order of their paths.</summary>
    public ImmutableSortedDictionary<string, byte[]> Files { get; }

    /// <summary>SHA-256, in hexadecimal, over every path and content with their lengths.</summary>
    public string Hash { get; }

    /// <summary>A package of files that are given.</summary>
    /// <exception cref="PluginException">A path leaves the package, or a limit is passed.</exception>
    public static PluginPackage Of(IEnumerable<KeyValuePair<string, byte[]>> files, PackageLimits limits)
    {
        var kept = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var (path, content) in files)
        {
            if (kept.Count >= limits.Files || (total += content.Length) > limits.TotalBytes) throw Beyond(limits);
            if (!kept.TryAdd(Inside(path), content)) throw Bad($"'{path}' is there twice");
        }
        return new PluginPackage(kept.ToImmutable());
    }

    /// <summary>Reads a directory. Links are refused.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="limits">How large it may be.</param>
    /// <param name="skip">Names of directories that are no part of the package, such as <c>node_modules</c>.</param>
    /// <exception cref="PluginException">As <see cref="Of"/>.</exception>
    public static PluginPackage FromDirectory(string directory, PackageLimits limits, params string[] skip)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = 0 };
        IEnumerable<FileInfo> Walk(DirectoryInfo at)
        {
            foreach (var entry in at.EnumerateFileSystemInfos("*", options))
            {
                if (skip.Contains(entry.Name, StringComparer.Ordinal)) continue;
                if (entry.LinkTarget is not null) throw Bad($"'{Path.GetRelativePath(directory, entry.FullName)}' is a link");
                if (entry is FileInfo file) yield return file;
                else foreach (var inner in Walk((DirectoryInfo)entry)) yield return inner;
            }
        }
        return Of(Walk(new DirectoryInfo(directory)).Select(f =>
            f.Length > limits.TotalBytes ? throw Beyond(limits) : KeyValuePair.Create(Path.GetRelativePath(directory, f.FullName), File.ReadAllBytes(f.FullName))), limits);
    }

    /// <summary>Reads a zip archive. What it says of its sizes is not believed: unpacking ends at the limit.</summary>
    /// <exception cref="PluginException">As <see cref="Of"/>, or it is not a zip archive.</exception>
    public static PluginPackage FromZip(Stream archive, PackageLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            return Of(Entries(zip, limits), limits);
        }
        catch (InvalidDataException e)
        {
            throw new PluginException(PluginErrorKind.InvalidManifest, "not a zip archive", e);
        }
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Entries(ZipArchive zip, PackageLimits limits)
    {
        var left = limits.TotalBytes;
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            var content = Unpack(entry, left, limits);
            left -= content.Length;
            yield return KeyValuePair.Create(Unlinked(entry), content);
        }
    }

    private static string Unlinked(ZipArchiveEntry entry) =>
        (entry.ExternalAttributes >> 16 & 0xF000) is 0 or 0x8000 ? entry.FullName : throw Bad($"'{entry.FullName}' is a link or a device");

    private static byte[] Unpack(ZipArchiveEntry entry, long left, PackageLimits limits)
    {
        using var from = entry.Open();
        using var to = new MemoryStream();
        var buffer = new byte[16_384];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            if ((left -= read) < 0) throw Beyond(limits);
            to.Write(buffer, 0, read);
        }
        return to.ToArray();
    }

    private static string Inside(string path)
    {
        if (path.StartsWith('/') || path.AsSpan().IndexOfAny('\\', ':', '\0') >= 0 || path.Split('/').Contains("..") || FilePattern.Normalize(path) is not { Length: > 0 } inside)
            throw Bad($"'{path}' is not a path inside the package");
        return inside;
    }

    private static string HashOf(ImmutableSortedDictionary<string, byte[]> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, content) in files)
        {
            var name = Encoding.UTF8.GetBytes(path);
            hash.AppendData(BitConverter.GetBytes(name.Length));
            hash.AppendData(name);
            hash.AppendData(BitConverter.GetBytes((long)content.Length));
            hash.AppendData(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static PluginException Beyond(PackageLimits limits) =>
        new(PackageLimits.TooLarge($"the package has more than {limits.Files} files or {limits.TotalBytes} bytes (plugins.limits.package_files, package_bytes in the settings)"));

    private static PluginException Bad(string message) => new(PluginErrorKind.InvalidManifest, message);
}
