using ClawGrains.Contracts;
using ClawGrains.Interfaces;
using ClawGrains.Sandbox.Packages;

namespace ClawGrains.Grains.Plugins;

/// <summary>Reads the package that is to be installed.</summary>
public static class PackageSource
{
    // What a build leaves beside a plugin's sources.
    private static readonly string[] Skipped = ["node_modules", ".git"];

    /// <summary>Of a path, or of the files that were given.</summary>
    /// <exception cref="PluginException">There is none, or it is not fit.</exception>
    public static PluginPackage Read(PluginInstall install, PackageLimits limits) => install.Path is { } path
        ? Read(path, limits)
        : PluginPackage.Of(install.Files.Select(f => KeyValuePair.Create(f.Key, f.Value.ToArray())), limits);

    /// <summary>Of a directory, without what a build leaves beside it, or of a zip archive.</summary>
    /// <exception cref="PluginException">There is none, or it is not fit.</exception>
    public static PluginPackage Read(string path, PackageLimits limits)
    {
        try
        {
            if (Directory.Exists(path)) return PluginPackage.FromDirectory(path, limits, Skipped);
            if (!File.Exists(path)) throw new PluginException(PluginErrorKind.NotFound, $"there is neither a directory nor an archive at {path}");
            using var archive = File.OpenRead(path);
            return PluginPackage.FromZip(archive, limits);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(PluginErrorKind.NotFound, $"{path} can't be read: {e.Message}", e);
        }
    }
}
