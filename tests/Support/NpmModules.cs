namespace ClawGrains.Support;

/// <summary>The node modules of a folder's lock file.</summary>
public static class NpmModules
{
    // Test programs run side by side and an installation may be cut short: one at a time, and the stamp is written last.
    private const string Install = """
        cmp -s package-lock.json node_modules/.installed && exit 0
        npm ci --no-audit --no-fund && cp package-lock.json node_modules/.installed
        """;

    /// <summary>Installs them where they are not there, not whole, or not those of the lock file any more.</summary>
    public static Task InstallAsync(string folder) =>
        ToolProcess.SucceedAsync(folder, "flock", "package-lock.json", "sh", "-c", Install);
}
