using System.Security.Cryptography;
using ClawGrains.Skills.Discovery;

namespace ClawGrains.Grains.Catalog.Store;

/// <summary>
/// Keeps contents as files below a directory: <c>blobs/AB/CDEF…</c>, and copies of whole skills under <c>trees/REVISION</c>. A file
/// appears whole or not at all; what is read is checked against its name, and thrown away where it does not fit.
/// </summary>
internal sealed class DiskStore(string root, TimeProvider time) : IContentStore
{
    // What was written a moment ago may belong to a snapshot that is not recorded yet.
    private static readonly TimeSpan Respite = TimeSpan.FromMinutes(10);

    private string Blobs => Path.Combine(root, "blobs");

    private string Trees => Path.Combine(root, "trees");

    public bool KeepsFiles => true;

    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    public void Put(string sha256, ReadOnlySpan<byte> content)
    {
        var path = PathOf(sha256);
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        File.WriteAllBytes(draft, content);
        File.Move(draft, path, overwrite: true);
    }

    public byte[]? Get(string sha256)
    {
        var path = PathOf(sha256);
        try
        {
            var content = File.ReadAllBytes(path);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) == sha256) return content;
            File.Delete(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What can't be read is not kept; the caller says what that means.
            return null;
        }
    }

    public string? Lay(string revision, IEnumerable<SkillTreeFile> files)
    {
        var target = Path.Combine(Trees, revision);
        if (Directory.Exists(target)) return target;
        var draft = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            foreach (var file in files)
                if (!Copy(file, draft)) return null;
            Directory.Move(draft, target);
            return target;
        }
        catch (IOException)
        {
            // Another call was quicker, or the disk is full.
            return Directory.Exists(target) ? target : null;
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    public void Sweep(IReadOnlySet<string> wanted)
    {
        var old = time.GetUtcNow().UtcDateTime - Respite;
        foreach (var path in Entries(Blobs))
            if (!wanted.Contains(Path.GetFileName(Path.GetDirectoryName(path)) + Path.GetFileName(path)) && File.GetLastWriteTimeUtc(path) < old) File.Delete(path);
        foreach (var path in Directory.Exists(Trees) ? Directory.EnumerateDirectories(Trees) : [])
            if (!wanted.Contains(Path.GetFileName(path)) && Directory.GetLastWriteTimeUtc(path) < old) Directory.Delete(path, recursive: true);
    }

    private static IEnumerable<string> Entries(string directory) => Directory.Exists(directory)
        ? Directory.EnumerateDirectories(directory).SelectMany(Directory.EnumerateFiles)
        : [];

    // The tree's paths came from a listing, but may have been read from a store that others can write to.
    private bool Copy(SkillTreeFile file, string directory)
    {
        var path = Path.GetFullPath(Path.Combine(directory, file.Path));
        if (!path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return false;
        if (!file.IsHashed || Get(file.Sha256) is not { } content) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        if (file.IsExecutable && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return true;
    }

    private string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(Blobs, sha256[..2], sha256[2..])
        : throw new ArgumentException($"BUG: '{sha256}' is no SHA-256.", nameof(sha256));
}
