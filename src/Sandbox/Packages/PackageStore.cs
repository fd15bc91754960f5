using ClawGrains.Contracts;

namespace ClawGrains.Sandbox.Packages;

/// <summary>
/// Packages by the hash of their content. A package is written under another name and renamed when it is whole, so a
/// crash leaves all of it or nothing; what is read back is checked against its hash.
/// </summary>
public sealed class PackageStore
{
    private readonly string _root;

    /// <param name="root">A directory; made where there is none.</param>
    public PackageStore(string root)
    {
        _root = root;
        Directory.CreateDirectory(root);
        foreach (var unfinished in Directory.EnumerateDirectories(root, ".tmp-*")) Directory.Delete(unfinished, recursive: true);
    }

    /// <summary>The hashes of what is kept.</summary>
    public IReadOnlyList<string> Hashes => [.. Directory.EnumerateDirectories(_root).Select(d => Path.GetFileName(d)!).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];

    /// <summary>Keeps a package, also in place of one whose files were changed; does nothing where it is kept already.</summary>
    public void Add(PluginPackage package)
    {
        var place = Path.Combine(_root, package.Hash);
        if (IsKept(package.Hash)) return;
        var temporary = Path.Combine(_root, $".tmp-{Guid.NewGuid():n}");
        foreach (var (path, content) in package.Files) WriteThrough(Path.Combine(temporary, path), content);
        Remove(package.Hash);
        Directory.Move(temporary, place);
    }

    /// <summary>Reads a package back.</summary>
    /// <exception cref="PluginException">It is not kept (NotFound), or its files were changed (PermissionDenied).</exception>
    public PluginPackage Get(string hash)
    {
        var place = Path.Combine(_root, hash);
        if (!IsHash(hash) || !Directory.Exists(place)) throw new PluginException(PluginErrorKind.NotFound, $"no package {hash} is kept; install it again");
        var package = PluginPackage.FromDirectory(place, new PackageLimits { Files = int.MaxValue, TotalBytes = int.MaxValue });
        return package.Hash == hash ? package : throw new PluginException(PluginErrorKind.PermissionDenied, $"the files of package {hash} were changed; install it again");
    }

    /// <summary>Lets go of a package.</summary>
    public void Remove(string hash)
    {
        var place = Path.Combine(_root, hash);
        if (!IsHash(hash) || !Directory.Exists(place)) return;
        var temporary = Path.Combine(_root, $".tmp-{Guid.NewGuid():n}");
        Directory.Move(place, temporary);
        Directory.Delete(temporary, recursive: true);
    }

    private bool IsKept(string hash)
    {
        try
        {
            Get(hash);
            return true;
        }
        catch (PluginException)
        {
            return false;
        }
    }

    private static bool IsHash(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower);

    private static void WriteThrough(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }
}
